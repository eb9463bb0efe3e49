import { listObjectVersions } from '../listing/list-object-versions';
import { listObjects, listObjectsV2 } from '../listing/list-objects';
import { listMultipartUploads } from '../multipart/list-multipart-uploads';
import { deleteObjects } from '../objects/delete-objects';
import type { Route } from './route';

const COMMON = ['prefix', 'delimiter', 'encoding-type'];
const OPTIONAL_ATTRIBUTES = ['x-amz-optional-object-attributes'];

/** Operations on the objects and uploads of a bucket together. */
export const LISTING_ROUTES: readonly Route[] = [
  {
    operation: 'ListObjects',
    target: 'bucket',
    method: 'GET',
    query: [...COMMON, 'marker', 'max-keys'],
    headers: OPTIONAL_ATTRIBUTES,
    run: listObjects,
  },
  {
    operation: 'ListObjectsV2',
    target: 'bucket',
    method: 'GET',
    selectors: ['list-type'],
    query: [...COMMON, 'max-keys', 'continuation-token', 'start-after', 'fetch-owner'],
    headers: OPTIONAL_ATTRIBUTES,
    run: listObjectsV2,
  },
  {
    operation: 'ListObjectVersions',
    target: 'bucket',
    method: 'GET',
    selectors: ['versions'],
    query: [...COMMON, 'max-keys', 'key-marker', 'version-id-marker'],
    headers: OPTIONAL_ATTRIBUTES,
    run: listObjectVersions,
  },
  {
    operation: 'ListMultipartUploads',
    target: 'bucket',
    method: 'GET',
    selectors: ['uploads'],
    query: [...COMMON, 'max-uploads', 'key-marker', 'upload-id-marker'],
    run: listMultipartUploads,
  },
  {
    operation: 'DeleteObjects',
    target: 'bucket',
    method: 'POST',
    selectors: ['delete'],
    headers: ['x-amz-bypass-governance-retention', 'x-amz-mfa'],
    run: deleteObjects,
  },
];
