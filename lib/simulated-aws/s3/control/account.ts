import { type KnownFacts, requireAccess } from '../request/access';
import { deniedBecause, s3Error } from '../request/errors';
import { controlResponse, type S3Operation, type S3Request } from '../request/request';

/**
 * The account's own public access block, of which none can be made here.
 *
 * @throws {AwsError} `AccessDenied`, `NoSuchPublicAccessBlockConfiguration`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
 */
export const getAccountPublicAccessBlock: S3Operation = (request) => {
  requireOwnAccount(request);
  throw s3Error('NoSuchPublicAccessBlockConfiguration', { AccountId: request.call.account.accountId });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListMultiRegionAccessPoints.html */
export const listMultiRegionAccessPoints: S3Operation = (request) => {
  requireOwnAccount(request);
  return controlResponse('ListMultiRegionAccessPointsResult', { AccessPoints: {} });
};

/** @throws {AwsError} `AccessDenied` */
export function requireOwnAccount(request: S3Request, known?: KnownFacts): void {
  const { accountId } = request.call.account;
  const asked = request.headers['x-amz-account-id'];
  if (asked !== accountId) throw deniedBecause(`x-amz-account-id is ${asked}, and the caller belongs to ${accountId}`);
  requireAccess(request, 'request', known);
}
