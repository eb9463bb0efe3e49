import type { AccountState } from '../../state/account-state';
import type { Bucket } from '../../state/services/s3-state';
import { compareUtf8 } from '../../state/services/utf8-order';
import { s3Error } from '../request/errors';
import { controlResponse, type S3Operation } from '../request/request';
import { requireOwnAccount } from './account';

const MAX_RESULTS = 1000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html */
export const listAccessPoints: S3Operation = (request) => {
  requireOwnAccount(request);
  const { account } = request.call;
  const limit = Math.min(Number(request.query.get('maxResults')) || MAX_RESULTS, MAX_RESULTS);
  const after = Buffer.from(request.query.get('nextToken') ?? '', 'base64').toString('utf8');
  const matching = accessPointsOf(account, request.query.get('bucket')).filter(({ Name }) => Name > after);
  const page = matching.slice(0, limit);
  const last = page.at(-1)?.Name;
  return controlResponse('ListAccessPointsResult', {
    AccessPointList: { AccessPoint: page },
    NextToken: last !== undefined && matching.length > page.length ? Buffer.from(last).toString('base64') : undefined,
  });
};

/**
 * @throws {AwsError} `AccessDenied`, `NoSuchAccessPoint`, `NoSuchAccessPointPolicy`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html
 */
export const getAccessPointPolicy: S3Operation = (request) => {
  const { account } = request.call;
  const { key: AccessPointName } = request;
  requireOwnAccount(request, { accessPoint: { arn: accessPointArn(account, AccessPointName) } });
  const found = bucketsWithPoints(account)
    .flatMap(({ accessPoints = [] }) => accessPoints)
    .find(({ name }) => name === AccessPointName);
  if (found === undefined) throw s3Error('NoSuchAccessPoint', { AccessPointName });
  if (found.policy === undefined) throw s3Error('NoSuchAccessPointPolicy', { AccessPointName });
  return controlResponse('GetAccessPointPolicyResult', { Policy: found.policy });
};

/** Access points are of one region, and here of the account of their bucket. */
function bucketsWithPoints({ accountId, region, s3 }: AccountState): readonly Bucket[] {
  return [...s3.buckets.values()].filter((bucket) => bucket.accountId === accountId && bucket.region === region);
}

function accessPointArn({ partition, region, accountId }: AccountState, name: string): string {
  return `arn:${partition}:s3:${region}:${accountId}:accesspoint/${name}`;
}

function accessPointsOf(account: AccountState, bucketName: string | undefined) {
  const { accountId } = account;
  return bucketsWithPoints(account)
    .filter(({ name }) => name === (bucketName ?? name))
    .flatMap(({ name: Bucket, accessPoints = [] }) =>
      accessPoints.map(({ name, vpcId }) => ({
        Name: name,
        NetworkOrigin: vpcId === undefined ? 'Internet' : 'VPC',
        VpcConfiguration: vpcId === undefined ? undefined : { VpcId: vpcId },
        Bucket,
        AccessPointArn: accessPointArn(account, name),
        BucketAccountId: accountId,
      })),
    )
    .sort((left, right) => compareUtf8(left.Name, right.Name));
}
