import { deleteBucket, getBucketLocation, headBucket } from '../buckets/bucket-operations';
import { createBucket } from '../buckets/create-bucket';
import { listBuckets } from '../buckets/list-buckets';
import { listTagsForResource, tagResource, untagResource } from '../buckets/resource-tags';
import { aclHeaders } from './headers';
import type { Route } from './route';

/** Operations on buckets as such, and on their tags by ARN. */
export const bucketRoutes: readonly Route[] = [
  {
    operation: 'ListBuckets',
    target: 'service',
    method: 'GET',
    query: ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'],
    access: [{ action: 's3:ListAllMyBuckets' }],
    run: listBuckets,
  },
  {
    operation: 'CreateBucket',
    target: 'bucket',
    method: 'PUT',
    headers: ['x-amz-bucket-object-lock-enabled', 'x-amz-object-ownership', 'x-amz-bucket-namespace', ...aclHeaders],
    createsBucket: true,
    access: [
      { action: 's3:PutBucketOwnershipControls', whenHeader: ['x-amz-object-ownership'] },
      { action: 's3:PutBucketObjectLockConfiguration', whenHeader: ['x-amz-bucket-object-lock-enabled'] },
      { action: 's3:PutBucketVersioning', whenHeader: ['x-amz-bucket-object-lock-enabled'] },
    ],
    run: createBucket,
  },
  {
    operation: 'HeadBucket',
    target: 'bucket',
    method: 'HEAD',
    access: [{ action: 's3:ListBucket' }],
    run: headBucket,
  },
  {
    operation: 'GetBucketLocation',
    target: 'bucket',
    method: 'GET',
    selectors: ['location'],
    access: [{ action: 's3:GetBucketLocation' }],
    run: getBucketLocation,
  },
  {
    operation: 'DeleteBucket',
    target: 'bucket',
    method: 'DELETE',
    access: [{ action: 's3:DeleteBucket' }],
    run: deleteBucket,
  },
  ...[
    { operation: 'ListTagsForResource', method: 'GET', run: listTagsForResource },
    { operation: 'TagResource', method: 'POST', run: tagResource },
    { operation: 'UntagResource', method: 'DELETE', run: untagResource, query: ['tagKeys'] },
  ].map((route): Route => ({ ...route, target: 'control', headers: ['x-amz-account-id'], access: [] })),
];
