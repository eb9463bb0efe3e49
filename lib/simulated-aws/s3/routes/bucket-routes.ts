import { ACL_HEADERS } from '../../../request-model';
import { deleteBucket, getBucketLocation, headBucket } from '../buckets/bucket-operations';
import { createBucket } from '../buckets/create-bucket';
import { listBuckets } from '../buckets/list-buckets';
import { preflight } from '../cors/preflight';
import type { Route } from './route';

/** Operations on buckets as such. */
export const BUCKET_ROUTES: readonly Route[] = [
  {
    operation: 'ListBuckets',
    target: 'service',
    method: 'GET',
    query: ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'],
    run: listBuckets,
  },
  {
    operation: 'CreateBucket',
    target: 'bucket',
    method: 'PUT',
    headers: ['x-amz-bucket-object-lock-enabled', 'x-amz-object-ownership', 'x-amz-bucket-namespace', ...ACL_HEADERS],
    createsBucket: true,
    run: createBucket,
  },
  {
    operation: 'HeadBucket',
    target: 'bucket',
    method: 'HEAD',
    run: headBucket,
  },
  {
    operation: 'GetBucketLocation',
    target: 'bucket',
    method: 'GET',
    selectors: ['location'],
    run: getBucketLocation,
  },
  {
    operation: 'DeleteBucket',
    target: 'bucket',
    method: 'DELETE',
    run: deleteBucket,
  },
];

/** The question of a browser before the page of another origin may send a request. */
export const preflightRoutes: readonly Route[] = (['bucket', 'object'] as const).map((target) => ({
  operation: 'OptionsObject',
  target,
  method: 'OPTIONS',
  isPreflight: true,
  run: preflight,
}));
