import { copyObject } from '../objects/copy-object';
import { deleteObject } from '../objects/delete-object';
import { getObject, headObject } from '../objects/get-object';
import { putObject } from '../objects/put-object';
import { aclHeaders, conditionalHeaders, copySourceHeaders, customerKeyHeaders, newObjectHeaders } from './headers';
import type { AccessRule, Route } from './route';

const bypassHeader = 'x-amz-bypass-governance-retention';

/** Rights that an upload takes beyond `s3:PutObject`, by what it says of the object. */
export const newObjectAccess: readonly AccessRule[] = [
  { action: 's3:PutObject' },
  { action: 's3:PutObjectAcl', whenHeader: aclHeaders },
  { action: 's3:PutObjectTagging', whenHeader: ['x-amz-tagging'] },
  { action: 's3:PutObjectRetention', whenHeader: ['x-amz-object-lock-mode', 'x-amz-object-lock-retain-until-date'] },
  { action: 's3:PutObjectLegalHold', whenHeader: ['x-amz-object-lock-legal-hold'] },
];

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
const readAccess = [{ action: 's3:GetObject', versionAction: 's3:GetObjectVersion' }];

/** Operations on single objects. */
export const objectRoutes: readonly Route[] = [
  {
    operation: 'PutObject',
    target: 'object',
    method: 'PUT',
    headers: [...newObjectHeaders, 'if-match', 'if-none-match'],
    access: newObjectAccess,
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
    access: newObjectAccess,
    run: copyObject,
  },
  {
    operation: 'GetObject',
    target: 'object',
    method: 'GET',
    query: readQuery,
    headers: readHeaders,
    access: readAccess,
    run: getObject,
  },
  {
    operation: 'HeadObject',
    target: 'object',
    method: 'HEAD',
    query: readQuery,
    headers: readHeaders,
    access: readAccess,
    run: headObject,
  },
  {
    operation: 'DeleteObject',
    target: 'object',
    method: 'DELETE',
    query: ['versionId'],
    headers: [bypassHeader, 'if-match'],
    access: [{ action: 's3:DeleteObject', versionAction: 's3:DeleteObjectVersion' }],
    run: deleteObject,
  },
];
