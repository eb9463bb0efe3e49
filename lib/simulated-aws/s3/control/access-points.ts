import type { AccountState } from '../../state/account-state';
import { compareUtf8 } from '../../state/services/utf8-order';
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

function accessPointsOf({ accountId, partition, region, s3 }: AccountState, bucketName: string | undefined) {
  return [...s3.buckets.values()]
    .filter((bucket) => bucket.accountId === accountId && bucket.region === region)
    .filter(({ name }) => name === (bucketName ?? name))
    .flatMap(({ name: Bucket, accessPoints = [] }) =>
      accessPoints.map(({ name, vpcId }) => ({
        Name: name,
        NetworkOrigin: vpcId === undefined ? 'Internet' : 'VPC',
        VpcConfiguration: vpcId === undefined ? undefined : { VpcId: vpcId },
        Bucket,
        AccessPointArn: `arn:${partition}:s3:${region}:${accountId}:accesspoint/${name}`,
        BucketAccountId: accountId,
      })),
    )
    .sort((left, right) => compareUtf8(left.Name, right.Name));
}
