import type { RoutedOperation, Service } from '../service/service';
import type { WireRequest } from '../wire/http/message';
import { type Match, matchRoute } from './match-route';
import { renderError } from './render-error';
import { admitOperation, runOperation } from './run-operation';

export { importBucket } from './buckets/import-bucket';

/** Amazon S3, and the tagging operations of S3 Control. */
export const s3Service: Service = {
  name: 's3',
  route: (request) => {
    const match = matchRoute(request);
    return {
      name: match.route.operation,
      ...writtenBy(match, request),
      run: (call) => runOperation(match, call),
      admit: (call) => admitOperation(match, call),
    };
  },
  admitsUnsigned: () => true,
  renderError,
};

function writtenBy({ address }: Match, { method }: WireRequest): Pick<RoutedOperation, 'writes'> {
  if (method === 'GET' || method === 'HEAD') return {};
  const { target, bucketName, key } = address;
  return { writes: { bucketName, key: target === 'object' ? key : '' } };
}
