import { CUSTOMER_KEY_HEADERS } from '../../../request-model';
import { copyObject } from '../objects/copy-object';
import { deleteObject } from '../objects/delete-object';
import { getObject, headObject } from '../objects/get-object';
import { restoreObject } from '../objects/object-subresources';
import { putObject } from '../objects/put-object';
import { CHECKSUM_CHOICE_HEADERS, CONDITIONAL_HEADERS, COPY_SOURCE_HEADERS, NEW_OBJECT_HEADERS } from './headers';
import type { Route } from './route';

const BYPASS_HEADER = 'x-amz-bypass-governance-retention';

const READ_QUERY = [
  'versionId',
  'partNumber',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

const READ_HEADERS = [...CONDITIONAL_HEADERS, ...CUSTOMER_KEY_HEADERS, 'x-amz-checksum-mode'];

/** Operations on single objects. */
export const OBJECT_ROUTES: readonly Route[] = [
  {
    operation: 'PutObject',
    target: 'object',
    method: 'PUT',
    headers: [...NEW_OBJECT_HEADERS, ...CHECKSUM_CHOICE_HEADERS, 'if-match', 'if-none-match'],
    run: putObject,
  },
  {
    operation: 'CopyObject',
    target: 'object',
    method: 'PUT',
    selectorHeader: 'x-amz-copy-source',
    headers: [
      ...NEW_OBJECT_HEADERS,
      ...COPY_SOURCE_HEADERS,
      'x-amz-metadata-directive',
      'x-amz-tagging-directive',
      'x-amz-checksum-algorithm',
      'if-match',
      'if-none-match',
    ],
    run: copyObject,
  },
  {
    operation: 'GetObject',
    target: 'object',
    method: 'GET',
    query: READ_QUERY,
    headers: READ_HEADERS,
    run: getObject,
  },
  {
    operation: 'HeadObject',
    target: 'object',
    method: 'HEAD',
    query: READ_QUERY,
    headers: READ_HEADERS,
    run: headObject,
  },
  {
    operation: 'DeleteObject',
    target: 'object',
    method: 'DELETE',
    query: ['versionId'],
    headers: [BYPASS_HEADER, 'if-match', 'x-amz-mfa'],
    run: deleteObject,
  },
  {
    operation: 'RestoreObject',
    target: 'object',
    method: 'POST',
    selectors: ['restore'],
    query: ['versionId'],
    run: restoreObject,
  },
];
