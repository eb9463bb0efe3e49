import type { RoutedOperation, Service } from '../service/service';
import type { AwsError } from '../wire/http/aws-error';
import { hostId, type WireRequest, type WireResponse } from '../wire/http/message';
import { writeXml } from '../wire/xml/xml';
import { loadXxhash, namesXxhash } from './checksums/checksum';
import { type Match, matchRoute } from './match-route';
import { isOfControl } from './request/address';
import { admitOperation, runOperation } from './run-operation';

export { importAccessPoint, importBucket, importBucketConfiguration } from './buckets/import-bucket';
export { importObject } from './buckets/import-object';
export { mayDeliverLogs } from './buckets/log-delivery';

/** Amazon S3, and what clients ask S3 Control about buckets and accounts. */
export const s3Service: Service = {
  name: 's3',
  route: (request) => {
    const match = matchRoute(request);
    return {
      name: match.route.operation,
      ...writtenBy(match, request),
      ignored: match.ignored,
      run: (call) => runOperation(match, call),
      admit: (call) => admitOperation(match, call),
    };
  },
  load: (headers) => (namesXxhash(headers) ? loadXxhash() : undefined),
  admitsUnsigned: () => true,
  renderError,
};

function writtenBy({ address }: Match, { method }: WireRequest): Pick<RoutedOperation, 'writes'> {
  if (method === 'GET' || method === 'HEAD') return {};
  const { target, bucketName, key } = address;
  return { writes: { bucketName, key: target === 'object' ? key : '' } };
}

/**
 * An error as S3 writes it; none for HEAD, and none for 304. S3 Control wraps it: clients of Go read no other.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://github.com/getmoto/moto/pull/9716
 */
function renderError(error: AwsError, request: WireRequest): WireResponse {
  const hasBody = request.method !== 'HEAD' && error.status !== 304;
  if (!hasBody) return { status: error.status, headers: error.headers };
  const content = {
    Code: error.code,
    Message: error.message,
    ...(Object.keys(error.fields).length > 0 ? error.fields : { Resource: request.path }),
  };
  const ids = { RequestId: request.requestId, HostId: hostId(request.requestId) };
  const document = isOfControl(request)
    ? writeXml('ErrorResponse', { Error: content, ...ids })
    : writeXml('Error', { ...content, ...ids });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', ...error.headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}
