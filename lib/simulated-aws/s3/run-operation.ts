import { s3ServiceName } from '../../request-model';
import type { Call, Operation } from '../service/service';
import type { Bucket } from '../state/services/s3-state';
import type { WireResponse } from '../wire/http/message';
import { withCorsHeaders } from './cors/response-headers';
import type { Match } from './match-route';
import { requireAccess } from './request/access';
import { bucketOfHost, namesRegion } from './request/address';
import { deniedBecause, requireAccountId, s3Error, wrongRegion } from './request/errors';
import { findBucket, type S3Request } from './request/request';
import { readsDocument } from './request/request-facts';
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
  return answer(request, () => {
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
  answer(head, () => {
    requireAdmission(route, head);
    return { status: 100 };
  });
  return (whole) => {
    const request = requestOf(match, whole);
    if (bucketOf(request) !== admitted) return runOperation(match, whole);
    return answer(request, () => route.run(request));
  };
}

/** A request of a page, which tells its origin, is answered for that page. */
function answer(request: S3Request, run: () => WireResponse): WireResponse {
  return request.headers.origin === undefined ? run() : withCorsHeaders(request, run);
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
  // An ARN names the subject of a control operation, which reads it itself.
  if (route.target !== 'control') requireAccess(request, 'request');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
function requireExpectedOwner({ headers }: S3Request, { accountId }: Bucket): void {
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined) requireAccountId(expected);
  if (expected !== undefined && expected !== accountId)
    throw deniedBecause(`x-amz-expected-bucket-owner is ${expected}, and the bucket belongs to ${accountId}`);
}

/** The regions whose S3 sends a request for a bucket elsewhere on; later ones refuse it. */
const REDIRECTING_REGIONS: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'],
]);

/**
 * Refuses a request that is signed for another region than the bucket's, and tells the way. Whoever asks anonymously
 * names no region.
 *
 * @throws {AwsError} `PermanentRedirect`; `AuthorizationHeaderMalformed` at a host that names the bucket and no region;
 *   `IllegalLocationConstraintException` for a bucket in a region that S3 came to after March 20, 2019
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function requireRegion(request: S3Request, bucket: Bucket): void {
  const { account, caller } = request.call;
  if (bucket.region === account.region || caller.principal.kind === 'anonymous') return;
  const headers = { 'x-amz-bucket-region': bucket.region };
  const host = request.call.request.headers.host ?? '';
  if (bucketOfHost(host) !== '' && !namesRegion(host)) throw wrongRegion(account.region, bucket.region);
  if (!REDIRECTING_REGIONS.has(bucket.region)) throw s3Error('IllegalLocationConstraintException', {}, headers);
  const Endpoint = `${bucket.name}.${s3ServiceName({ partition: account.partition, region: bucket.region })}`;
  throw s3Error('PermanentRedirect', { Endpoint, Bucket: bucket.name }, headers);
}
