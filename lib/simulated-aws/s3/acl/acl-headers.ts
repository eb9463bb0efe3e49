import { ACL_HEADERS, GRANT_HEADERS } from '../../../request-model';
import type { Bucket } from '../../state/services/s3-state';
import { notImplemented } from '../../wire/http/aws-error';
import { childNamed, childText } from '../../wire/xml/xml-element';
import { deniedBecause, invalidArgument, s3Error } from '../request/errors';
import { isBlocked } from '../request/public-access-block';
import type { S3Request } from '../request/request';

const PUBLIC_ACLS = ['public-read', 'public-read-write', 'authenticated-read'];

/** The canned ACLs of buckets and of objects. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED_ACLS: readonly string[] = [
  ...PUBLIC_ACLS,
  'aws-exec-read',
  'bucket-owner-full-control',
  'bucket-owner-read',
  'log-delivery-write',
  'private',
];

/** Who owns new objects; without ownership controls it is the writer, and ACLs count. */
export function objectOwnershipOf(bucket: Bucket): string {
  const rule = childNamed(bucket.documents.get('OwnershipControls'), 'Rule');
  return childText(rule, 'ObjectOwnership') ?? 'ObjectWriter';
}

/** Whether the request carries an ACL of any form. */
export function isAclSent({ headers }: S3Request): boolean {
  return ACL_HEADERS.some((name) => headers[name] !== undefined);
}

/**
 * Refuses every ACL but those that change nothing.
 *
 * With ACLs off, S3 still accepts `bucket-owner-full-control`. With ACLs on, `private` grants nothing either; an ACL
 * that grants something is not simulated.
 *
 * @throws {AwsError} `InvalidArgument`, without a message as S3 has it; `AccessControlListNotSupported`, `AccessDenied`,
 *   `NotImplemented`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @see https://github.com/versity/versitygw/issues/1379
 */
export function refuseAcl(request: S3Request, objectOwnership: string, bucket?: Bucket): void {
  const acl = request.headers['x-amz-acl'];
  if (acl !== undefined && !CANNED_ACLS.includes(acl)) throw invalidArgument('', 'x-amz-acl', acl);
  const grant = GRANT_HEADERS.find((name) => request.headers[name] !== undefined);
  if (acl === 'bucket-owner-full-control' || (acl === undefined && grant === undefined)) return;
  if (objectOwnership === 'BucketOwnerEnforced') throw s3Error('AccessControlListNotSupported');
  if (acl === 'private') return;
  if (acl !== undefined && PUBLIC_ACLS.includes(acl) && bucket && isBlocked(bucket, 'BlockPublicAcls')) {
    throw deniedBecause(`the public access block of the bucket refuses the ACL '${acl}'`);
  }
  throw notImplemented(acl === undefined ? `header '${grant}'` : `the ACL '${acl}'`);
}
