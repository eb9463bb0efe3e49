import { createHash } from 'node:crypto';
import type { Call } from '../../service/service';
import type { Bucket } from '../../state/services/s3-state';
import type { WireResponse } from '../../wire/http/message';
import { s3Error } from './errors';

/** A request to S3: what it points at and what it says, ready for an operation. */
export interface S3Request {
  readonly call: Call;
  /** AWS's name of the operation. */
  readonly operation: string;
  readonly bucketName: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; those that a presigned URL carries in its query are here as well. */
  readonly headers: Readonly<Record<string, string>>;
}

export type S3Operation = (request: S3Request) => WireResponse;

/** @throws {AwsError} `NoSuchBucket` */
export function findBucket(request: S3Request, name: string = request.bucketName): Bucket {
  const bucket = request.call.account.s3.buckets.get(name);
  if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
  return bucket;
}

/** `arn:<partition>:s3:::<bucket>` */
export function bucketArn(request: S3Request, name: string = request.bucketName): string {
  return `arn:${request.call.account.partition}:s3:::${name}`;
}

/** The canonical user id of an account: stable, and as opaque as AWS's own. */
export function canonicalUserId(accountId: string): string {
  return createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
}

/** The canonical user id of the account that owns the bucket of the request, and with it every object in there. */
export function ownerOfBucket(request: S3Request): string {
  return canonicalUserId(findBucket(request).accountId);
}
