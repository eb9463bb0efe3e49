import { ACL_HEADERS, CUSTOMER_KEY_HEADERS } from '../../../request-model';
import { getObjectAttributes } from '../objects/object-attributes';
import {
  deleteObjectTagging,
  getObjectAcl,
  getObjectTagging,
  putObjectAcl,
  putObjectTagging,
} from '../objects/object-subresources';
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from '../objects/retention';
import { methodOf } from './configuration-route';
import type { Route } from './route';

const BYPASS_HEADER = 'x-amz-bypass-governance-retention';

/** Sub-resources of an object that are read and written as documents. */
const SUBRESOURCES: readonly (readonly [
  operation: string,
  subresource: string,
  run: Route['run'],
  headers?: readonly string[],
])[] = [
  ['GetObjectTagging', 'tagging', getObjectTagging],
  ['PutObjectTagging', 'tagging', putObjectTagging],
  ['DeleteObjectTagging', 'tagging', deleteObjectTagging],
  ['GetObjectAcl', 'acl', getObjectAcl],
  ['PutObjectAcl', 'acl', putObjectAcl, ACL_HEADERS],
  ['GetObjectRetention', 'retention', getObjectRetention],
  ['PutObjectRetention', 'retention', putObjectRetention, [BYPASS_HEADER]],
  ['GetObjectLegalHold', 'legal-hold', getObjectLegalHold],
  ['PutObjectLegalHold', 'legal-hold', putObjectLegalHold],
  [
    'GetObjectAttributes',
    'attributes',
    getObjectAttributes,
    ['x-amz-object-attributes', 'x-amz-max-parts', 'x-amz-part-number-marker', ...CUSTOMER_KEY_HEADERS],
  ],
];

/** Operations on the sub-resources of an object. */
export const OBJECT_SUBRESOURCE_ROUTES: readonly Route[] = SUBRESOURCES.map(
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
