import type { Service } from '../service/service';
import { renderError } from './render-error';
import { matchRoute } from './router';
import { admitRoute, runRoute } from './run-route';

export { importBucket } from './buckets/import-bucket';

/** Amazon S3, and the tagging operations of S3 Control. */
export const s3Service: Service = {
  name: 's3',
  route: (request) => {
    const match = matchRoute(request);
    return {
      name: match.route.operation,
      run: (call) => runRoute(match, call),
      admit: (call) => admitRoute(match, call),
    };
  },
  admitsUnsigned: () => true,
  renderError,
};
