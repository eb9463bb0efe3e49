import { getObjectAcl, putObjectAcl } from '../objects/object-acl';
import { getObjectAttributes } from '../objects/object-attributes';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from '../objects/object-tagging';
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from '../objects/retention';
import { methodOf } from './configuration-route';
import { aclHeaders, customerKeyHeaders } from './headers';
import type { AccessRule, Route } from './route';

const bypassHeader = 'x-amz-bypass-governance-retention';

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

/** Operations on the sub-resources of an object. */
export const objectSubresourceRoutes: readonly Route[] = subresources.map(
  ([operation, subresource, access, run, headers = []]): Route => ({
    operation,
    target: 'object',
    method: methodOf(operation),
    selectors: [subresource],
    query: ['versionId'],
    headers,
    access,
    run,
  }),
);
