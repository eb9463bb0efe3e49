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
      answers: { ListAccessPointsResult: '<AccessPointList></AccessPointList>' },
      needs: ['s3:ListAccessPoints'],
    },
    {
      request: `GET ${at}/accesspoint?bucket=acme`,
      headers: ofAccount,
      status: 200,
      answers: { AccessPointList: '' },
      needs: ['s3:ListAccessPoints'],
    },
  ),
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
  ...['accesspoint', 'mrap/instances'].map((path) => ({
    operation: path === 'accesspoint' ? 'ListAccessPoints' : 'ListMultiRegionAccessPoints',
    when: 'another account is named',
    request: `GET ${at}/${path}`,
    headers: ofAnother,
    code: 'AccessDenied',
    status: 403,
  })),
];
