import { aclHeaders, customerKeyHeaders } from '../../../request-model';
import { getObjectAcl, putObjectAcl } from '../objects/object-acl';
import { getObjectAttributes } from '../objects/object-attributes';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from '../objects/object-tagging';
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from '../objects/retention';
import { methodOf } from './configuration-route';
import type { Route } from './route';

const bypassHeader = 'x-amz-bypass-governance-retention';

/** Sub-resources of an object that are read and written as documents. */
const subresources: readonly (readonly [
  operation: string,
  subresource: string,
  run: Route['run'],
  headers?: readonly string[],
])[] = [
  ['GetObjectTagging', 'tagging', getObjectTagging],
  ['PutObjectTagging', 'tagging', putObjectTagging],
  ['DeleteObjectTagging', 'tagging', deleteObjectTagging],
  ['GetObjectAcl', 'acl', getObjectAcl],
  ['PutObjectAcl', 'acl', putObjectAcl, aclHeaders],
  ['GetObjectRetention', 'retention', getObjectRetention],
  ['PutObjectRetention', 'retention', putObjectRetention, [bypassHeader]],
  ['GetObjectLegalHold', 'legal-hold', getObjectLegalHold],
  ['PutObjectLegalHold', 'legal-hold', putObjectLegalHold],
  [
    'GetObjectAttributes',
    'attributes',
    getObjectAttributes,
    ['x-amz-object-attributes', 'x-amz-max-parts', 'x-amz-part-number-marker', ...customerKeyHeaders],
  ],
];

/** Operations on the sub-resources of an object. */
export const objectSubresourceRoutes: readonly Route[] = subresources.map(
  ([operation, subresource, run, headers = []]): Route => ({
    operation,
    target: 'object',
    method: methodOf(operation),
    selectors: [subresource],
    query: ['versionId'],
    headers,
    run,
  }),
);
