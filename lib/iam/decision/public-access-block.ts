import type { AccessPolicies, AccessRequest } from '../types';
import { isPublicPolicy } from './public-policy';

/**
 * Whether S3 Block Public Access takes this caller what the bucket policy grants.
 *
 * Under `RestrictPublicBuckets` a public policy grants only to AWS services and to the owner's account; what it grants
 * to one other account by name is taken too. Its denials keep their force.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-options
 */
export function isRefusedByBlock(request: AccessRequest, policies: AccessPolicies): boolean {
  const { publicAccessBlock, resource } = policies;
  if (!publicAccessBlock?.restrictPublicBuckets || resource === undefined) return false;
  if (!request.action.toLowerCase().startsWith('s3:') || isExempt(request)) return false;
  return isPublicPolicy(resource);
}

function isExempt({ principal, resourceAccount }: AccessRequest): boolean {
  return principal.kind === 'service' || ('account' in principal && principal.account === resourceAccount);
}
