import { listObjectVersions } from '../listing/list-object-versions';
import { listObjects, listObjectsV2 } from '../listing/list-objects';
import { listMultipartUploads } from '../multipart/list-multipart-uploads';
import { deleteObjects } from '../objects/delete-objects';
import type { Route } from './route';

const common = ['prefix', 'delimiter', 'encoding-type'];
const optionalAttributes = ['x-amz-optional-object-attributes'];

/** Operations on the objects and uploads of a bucket together. */
export const listingRoutes: readonly Route[] = [
  {
    operation: 'ListObjects',
    target: 'bucket',
    method: 'GET',
    query: [...common, 'marker', 'max-keys'],
    headers: optionalAttributes,
    run: listObjects,
  },
  {
    operation: 'ListObjectsV2',
    target: 'bucket',
    method: 'GET',
    selectors: ['list-type'],
    query: [...common, 'max-keys', 'continuation-token', 'start-after', 'fetch-owner'],
    headers: optionalAttributes,
    run: listObjectsV2,
  },
  {
    operation: 'ListObjectVersions',
    target: 'bucket',
    method: 'GET',
    selectors: ['versions'],
    query: [...common, 'max-keys', 'key-marker', 'version-id-marker'],
    headers: optionalAttributes,
    run: listObjectVersions,
  },
  {
    operation: 'ListMultipartUploads',
    target: 'bucket',
    method: 'GET',
    selectors: ['uploads'],
    query: [...common, 'max-uploads', 'key-marker', 'upload-id-marker'],
    run: listMultipartUploads,
  },
  {
    operation: 'DeleteObjects',
    target: 'bucket',
    method: 'POST',
    selectors: ['delete'],
    headers: ['x-amz-bypass-governance-retention'],
    run: deleteObjects,
  },
];
