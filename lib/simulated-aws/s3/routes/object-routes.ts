import { customerKeyHeaders } from '../../../request-model';
import { copyObject } from '../objects/copy-object';
import { deleteObject } from '../objects/delete-object';
import { getObject, headObject } from '../objects/get-object';
import { putObject } from '../objects/put-object';
import { restoreObject } from '../objects/restore-object';
import { checksumChoiceHeaders, conditionalHeaders, copySourceHeaders, newObjectHeaders } from './headers';
import type { Route } from './route';

const bypassHeader = 'x-amz-bypass-governance-retention';

const readQuery = [
  'versionId',
  'partNumber',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

const readHeaders = [...conditionalHeaders, ...customerKeyHeaders, 'x-amz-checksum-mode'];

/** Operations on single objects. */
export const objectRoutes: readonly Route[] = [
  {
    operation: 'PutObject',
    target: 'object',
    method: 'PUT',
    headers: [...newObjectHeaders, ...checksumChoiceHeaders, 'if-match', 'if-none-match'],
    run: putObject,
  },
  {
    operation: 'CopyObject',
    target: 'object',
    method: 'PUT',
    selectorHeader: 'x-amz-copy-source',
    headers: [
      ...newObjectHeaders,
      ...copySourceHeaders,
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
    query: readQuery,
    headers: readHeaders,
    run: getObject,
  },
  {
    operation: 'HeadObject',
    target: 'object',
    method: 'HEAD',
    query: readQuery,
    headers: readHeaders,
    run: headObject,
  },
  {
    operation: 'DeleteObject',
    target: 'object',
    method: 'DELETE',
    query: ['versionId'],
    headers: [bypassHeader, 'if-match'],
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
