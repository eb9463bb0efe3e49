import { s3ServiceName } from '../../request-model';
import type { Bucket } from '../state/services/s3-state';
import { AwsError } from '../wire/http/aws-error';
import { bucketOfHost, namesRegion } from './request/address';
import { s3Error } from './request/errors';
import type { S3Request } from './request/request';

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
export function requireRegion(request: S3Request, bucket: Bucket): void {
  const { account, caller } = request.call;
  if (bucket.region === account.region || caller.principal.kind === 'anonymous') return;
  const headers = { 'x-amz-bucket-region': bucket.region };
  const host = request.call.request.headers.host ?? '';
  if (bucketOfHost(host) !== '' && !namesRegion(host)) throw wrongRegion(account.region, bucket.region);
  if (!REDIRECTING_REGIONS.has(bucket.region)) throw s3Error('IllegalLocationConstraintException', {}, headers);
  const Endpoint = `${bucket.name}.${s3ServiceName({ partition: account.partition, region: bucket.region })}`;
  throw s3Error('PermanentRedirect', { Endpoint, Bucket: bucket.name }, headers);
}

/** The host leads to the bucket's own region, where the signature is not good. */
function wrongRegion(got: string, expected: string): AwsError {
  const message = `The authorization header is malformed; the region '${got}' is wrong; expecting '${expected}'`;
  return new AwsError(
    400,
    'AuthorizationHeaderMalformed',
    message,
    { Region: expected },
    { 'x-amz-bucket-region': expected },
  );
}
