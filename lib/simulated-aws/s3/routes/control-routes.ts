import { getAccessPointPolicy, listAccessPoints } from '../control/access-points';
import { getAccountPublicAccessBlock, listMultiRegionAccessPoints } from '../control/account';
import { listTagsForResource, tagResource, untagResource } from '../control/resource-tags';
import type { Route } from './route';

const PAGE = ['maxResults', 'nextToken'];

/**
 * Operations of S3 Control: tags by ARN, and what an account has besides buckets.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
export const CONTROL_ROUTES: readonly Route[] = (
  [
    { operation: 'ListTagsForResource', method: 'GET', subject: 'tags', run: listTagsForResource },
    { operation: 'TagResource', method: 'POST', subject: 'tags', run: tagResource },
    { operation: 'UntagResource', method: 'DELETE', subject: 'tags', run: untagResource, query: ['tagKeys'] },
    {
      operation: 'GetAccountPublicAccessBlock',
      method: 'GET',
      subject: 'configuration/publicAccessBlock',
      run: getAccountPublicAccessBlock,
    },
    {
      operation: 'ListAccessPoints',
      method: 'GET',
      subject: 'accesspoint',
      run: listAccessPoints,
      query: ['bucket', 'dataSourceId', 'dataSourceType', ...PAGE],
    },
    {
      operation: 'GetAccessPointPolicy',
      method: 'GET',
      subject: 'accesspoint/policy',
      run: getAccessPointPolicy,
    },
    {
      operation: 'ListMultiRegionAccessPoints',
      method: 'GET',
      subject: 'mrap/instances',
      run: listMultiRegionAccessPoints,
      query: PAGE,
    },
  ] as const
).map((route): Route => ({ ...route, target: 'control', headers: ['x-amz-account-id'] }));
