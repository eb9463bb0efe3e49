import { copyObject } from '../objects/copy-object';
import { deleteObject } from '../objects/delete-object';
import { getObject, headObject } from '../objects/get-object';
import { getObjectAcl, putObjectAcl } from '../objects/object-acl';
import { getObjectAttributes } from '../objects/object-attributes';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from '../objects/object-tagging';
import { putObject } from '../objects/put-object';
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from '../objects/retention';
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

/** Sub-resources of an object that are read and written as documents. */
const subresources: readonly (readonly [
  operation: string,
  subresource: string,
  access: readonly AccessRule[],
  run: Route['run'],
  headers?: readonly string[],
])[] = [
  [
    'GetObjectTagging',
    'tagging',
    [{ action: 's3:GetObjectTagging', versionAction: 's3:GetObjectVersionTagging' }],
    getObjectTagging,
  ],
  [
    'PutObjectTagging',
    'tagging',
    [{ action: 's3:PutObjectTagging', versionAction: 's3:PutObjectVersionTagging' }],
    putObjectTagging,
  ],
  [
    'DeleteObjectTagging',
    'tagging',
    [{ action: 's3:DeleteObjectTagging', versionAction: 's3:DeleteObjectVersionTagging' }],
    deleteObjectTagging,
  ],
  ['GetObjectAcl', 'acl', [{ action: 's3:GetObjectAcl', versionAction: 's3:GetObjectVersionAcl' }], getObjectAcl],
  [
    'PutObjectAcl',
    'acl',
    [{ action: 's3:PutObjectAcl', versionAction: 's3:PutObjectVersionAcl' }],
    putObjectAcl,
    aclHeaders,
  ],
  ['GetObjectRetention', 'retention', [{ action: 's3:GetObjectRetention' }], getObjectRetention],
  ['PutObjectRetention', 'retention', [{ action: 's3:PutObjectRetention' }], putObjectRetention, [bypassHeader]],
  ['GetObjectLegalHold', 'legal-hold', [{ action: 's3:GetObjectLegalHold' }], getObjectLegalHold],
  ['PutObjectLegalHold', 'legal-hold', [{ action: 's3:PutObjectLegalHold' }], putObjectLegalHold],
  [
    'GetObjectAttributes',
    'attributes',
    [
      { action: 's3:GetObject', versionAction: 's3:GetObjectVersion' },
      { action: 's3:GetObjectAttributes', versionAction: 's3:GetObjectVersionAttributes' },
    ],
    getObjectAttributes,
    ['x-amz-object-attributes', 'x-amz-max-parts', 'x-amz-part-number-marker', ...customerKeyHeaders],
  ],
];

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
  ...subresources.map(
    ([operation, subresource, access, run, headers = []]): Route => ({
      operation,
      target: 'object',
      method: operation.startsWith('Put') ? 'PUT' : operation.startsWith('Delete') ? 'DELETE' : 'GET',
      selectors: [subresource],
      query: ['versionId'],
      headers,
      access,
      run,
    }),
  ),
];
