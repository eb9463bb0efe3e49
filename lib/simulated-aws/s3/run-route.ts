import type { Call } from '../service';
import type { WireResponse } from '../wire/message';
import { requireAccess } from './access';
import { withCorsHeaders } from './cors/response-headers';
import { s3Error } from './errors';
import { requireRegion } from './region-redirect';
import { findBucket, type S3Request } from './request';
import type { Match } from './router';
import type { Route } from './routes/route';
import type { Bucket } from './state';

/**
 * Runs the operation that a request was matched to: bucket, then access, then what the operation itself checks.
 *
 * @throws {AwsError} `NoSuchBucket`, `AccessDenied`, and what the operation throws
 */
export function runRoute({ route, address, headers }: Match, call: Call): WireResponse {
  const request: S3Request = {
    call,
    operation: route.operation,
    bucketName: address.bucketName,
    key: address.key,
    query: call.request.query,
    headers,
  };
  if (route.isPreflight) return route.run(request);
  return withCorsHeaders(request, () => runAllowed(route, request));
}

function runAllowed(route: Route, request: S3Request): WireResponse {
  if (request.bucketName !== '' && !route.createsBucket) {
    const bucket = findBucket(request);
    requireRegion(request, bucket);
    requireExpectedOwner(request, bucket);
  }
  // What a control operation is about is told by an ARN, which the operation reads.
  if (route.target !== 'control') requireAccess(request, 'request');
  return route.run(request);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
function requireExpectedOwner({ headers }: S3Request, { accountId }: Bucket): void {
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== accountId) throw s3Error('AccessDenied');
}
