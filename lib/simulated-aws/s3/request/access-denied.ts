import type { Decision } from '../../../iam/types';
import { accessDeniedMessage } from '../../service/access';
import { AwsError } from '../../wire/http/aws-error';
import { s3Error } from './errors';
import { findBucket, type S3Request } from './request';

/**
 * `AccessDenied`, with the policy type that said no; an anonymous caller is told nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
export function accessDenied(
  request: S3Request,
  denied: { readonly action: string; readonly resource: string },
  denial: Exclude<Decision, { readonly result: 'allowed' }>,
): AwsError {
  const { call, operation } = request;
  const { principal } = call.caller;
  // HeadBucket tells the region also to who may not see the bucket, so that clients find their way.
  const headers = operation === 'HeadBucket' ? { 'x-amz-bucket-region': findBucket(request).region } : {};
  if (principal.kind === 'anonymous') return s3Error('AccessDenied', {}, headers);
  const quoted = { action: denied.action, resource: `"${denied.resource}"` };
  return new AwsError(403, 'AccessDenied', accessDeniedMessage(principal, quoted, denial), {}, headers);
}
