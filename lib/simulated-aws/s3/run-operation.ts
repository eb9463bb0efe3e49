import type { Call, Operation } from '../service/service';
import type { Bucket } from '../state/services/s3-state';
import type { WireResponse } from '../wire/http/message';
import { withCorsHeaders } from './cors/response-headers';
import type { Match } from './match-route';
import { requireRegion } from './region-redirect';
import { requireAccess } from './request/access';
import { readsDocument } from './request/document-facts';
import { deniedBecause } from './request/errors';
import { findBucket, type S3Request } from './request/request';
import type { Route } from './routes/route';

/**
 * Runs the operation that a request was matched to: bucket, then access, then what the operation itself checks.
 *
 * @throws {AwsError} `NoSuchBucket`, `AccessDenied`, and what the operation throws
 */
export function runOperation(match: Match, call: Call): WireResponse {
  const request = requestOf(match, call);
  const { route } = match;
  if (route.isPreflight) return route.run(request);
  return withCorsHeaders(request, () => {
    requireAdmission(route, request);
    return route.run(request);
  });
}

/**
 * Decides on a request before its body is there, unless what decides on it may be in the body.
 *
 * S3 looks at a request when it begins: what is permitted then stays permitted while the body comes. All else is as it is
 * when the operation runs; a bucket of that name which has been made since is another one.
 *
 * @returns what is left to do once the body is there
 * @throws {AwsError} `NoSuchBucket`, `PermanentRedirect`, `AccessDenied`, ...
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export function admitOperation(match: Match, call: Call): Operation {
  const { route } = match;
  if (route.isPreflight || readsDocument(route.operation)) return (whole) => runOperation(match, whole);
  const head = requestOf(match, call);
  const admitted = bucketOf(head);
  withCorsHeaders(head, () => {
    requireAdmission(route, head);
    return { status: 100 };
  });
  return (whole) => {
    const request = requestOf(match, whole);
    if (bucketOf(request) !== admitted) return runOperation(match, whole);
    return withCorsHeaders(request, () => route.run(request));
  };
}

function bucketOf({ call, bucketName }: S3Request): Bucket | undefined {
  return call.account.s3.buckets.get(bucketName);
}

function requestOf({ route, address, headers }: Match, call: Call): S3Request {
  const { operation } = route;
  const { bucketName, key } = address;
  return { call, operation, bucketName, key, query: call.request.query, headers };
}

function requireAdmission(route: Route, request: S3Request): void {
  if (request.bucketName !== '' && !route.createsBucket) {
    const bucket = findBucket(request);
    requireRegion(request, bucket);
    requireExpectedOwner(request, bucket);
  }
  // What a control operation is about is told by an ARN, which the operation reads.
  if (route.target !== 'control') requireAccess(request, 'request');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
function requireExpectedOwner({ headers }: S3Request, { accountId }: Bucket): void {
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== accountId)
    throw deniedBecause(`x-amz-expected-bucket-owner is ${expected}, and the bucket belongs to ${accountId}`);
}
