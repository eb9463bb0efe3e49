import { type ErrorRow, rowsOf, type SuccessRow } from './row';

const ofAccount = { 'x-amz-account-id': '111122223333' };
const ofAnother = { 'x-amz-account-id': '444455556666' };
const at = '/v20180820';

/** Questions to S3 Control about a whole account. */
export const accountSuccesses: readonly SuccessRow[] = [
  ...rowsOf(
    'ListAccessPoints',
    {
      request: `GET ${at}/accesspoint?maxResults=10`,
      headers: ofAccount,
      status: 200,
      answers: { Name: 'bare', NetworkOrigin: 'VPC', VpcId: 'vpc-1', Bucket: 'acme' },
      needs: ['s3:ListAccessPoints'],
    },
    {
      request: `GET ${at}/accesspoint?bucket=theirs`,
      headers: ofAccount,
      status: 200,
      answers: { AccessPointList: '' },
      needs: ['s3:ListAccessPoints'],
    },
  ),
  ...rowsOf('GetAccessPointPolicy', {
    request: `GET ${at}/accesspoint/reports/policy`,
    headers: ofAccount,
    status: 200,
    answers: { Policy: '{"Version":"2012-10-17","Statement":[]}' },
    needs: ['s3:GetAccessPointPolicy'],
  }),
  ...rowsOf('ListMultiRegionAccessPoints', {
    request: `GET ${at}/mrap/instances`,
    headers: ofAccount,
    status: 200,
    answers: { ListMultiRegionAccessPointsResult: '<AccessPoints></AccessPoints>' },
    needs: ['s3:ListMultiRegionAccessPoints'],
  }),
];

export const accountErrors: readonly ErrorRow[] = [
  ...rowsOf(
    'GetAccountPublicAccessBlock',
    {
      when: 'the account has none',
      request: `GET ${at}/configuration/publicAccessBlock`,
      headers: ofAccount,
      code: 'NoSuchPublicAccessBlockConfiguration',
      status: 404,
      fields: ['AccountId'],
    },
    {
      when: 'another account is named',
      request: `GET ${at}/configuration/publicAccessBlock`,
      headers: ofAnother,
      code: 'AccessDenied',
      status: 403,
    },
  ),
  ...rowsOf(
    'GetAccessPointPolicy',
    {
      when: 'there is no such access point',
      request: `GET ${at}/accesspoint/none/policy`,
      headers: ofAccount,
      code: 'NoSuchAccessPoint',
      status: 404,
      fields: ['AccessPointName'],
    },
    {
      when: 'the access point has no policy',
      request: `GET ${at}/accesspoint/bare/policy`,
      headers: ofAccount,
      code: 'NoSuchAccessPointPolicy',
      status: 404,
      fields: ['AccessPointName'],
    },
    {
      when: 'another account is named',
      request: `GET ${at}/accesspoint/reports/policy`,
      headers: ofAnother,
      code: 'AccessDenied',
      status: 403,
    },
  ),
  ...['accesspoint', 'mrap/instances'].map((path) => ({
    operation: path === 'accesspoint' ? 'ListAccessPoints' : 'ListMultiRegionAccessPoints',
    when: 'another account is named',
    request: `GET ${at}/${path}`,
    headers: ofAnother,
    code: 'AccessDenied',
    status: 403,
  })),
];
