import type { ControlPlane } from '../../aws/control-plane';
import type { AccessPoint } from '../../aws/s3-control';
import { mapRead, orWhenAbsent, type Read, readPages } from '../../verify/operator/live/read';
import type { Wanted } from '../wanted';
import type { Found, FoundAccessPoint } from './found';

type S3Control = ControlPlane['s3Control'];

/**
 * Condition keys by which a bucket policy leaves it to an access point who gets in.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
const OF_ACCESS_POINTS = /"s3:(?:DataAccessPointArn|DataAccessPointAccount|AccessPointNetworkOrigin)":/i;
const ASKED_AT_ONCE = 20;

export function leavesItToAccessPoints(policyText: string): boolean {
  return OF_ACCESS_POINTS.test(policyText.replaceAll(/\s+:/g, ':'));
}

/** The bucket's access points, each with its own policy where that has a say. */
export async function readAccessPoints(
  s3Control: S3Control,
  { account, bucket }: Wanted,
  policy: Read<string | undefined>,
): Promise<Found['accessPoints']> {
  const { call, answer } = await readPages(
    'ListAccessPoints',
    (nextToken) => s3Control.listAccessPoints({ account, bucket, nextToken }),
    ({ accessPoints, nextToken: next }) => ({ items: accessPoints, next }),
  );
  if (!answer.ok) return { call, answer };
  const hasSay = policy.answer.ok && leavesItToAccessPoints(policy.answer.value ?? '');
  const read = (one: AccessPoint) => toFound(one, hasSay ? { s3Control, account } : undefined);
  const value: FoundAccessPoint[] = [];
  for (let start = 0; start < answer.value.length; start += ASKED_AT_ONCE)
    value.push(...(await Promise.all(answer.value.slice(start, start + ASKED_AT_ONCE).map(read))));
  return { call, answer: { ...answer, value } };
}

async function toFound(
  { Name: name = '', VpcConfiguration: { VpcId } = {} }: AccessPoint,
  asking: { readonly s3Control: S3Control; readonly account: string } | undefined,
): Promise<FoundAccessPoint> {
  const found = { name, ...(VpcId !== undefined && { vpcId: VpcId }) };
  if (asking === undefined) return found;
  const { s3Control, account } = asking;
  const answer = await s3Control.getAccessPointPolicy({ account, name });
  const read = mapRead({ call: 'GetAccessPointPolicy', answer }, ({ policy }) => policy);
  return { ...found, policy: orWhenAbsent(read, 'NoSuchAccessPointPolicy', undefined) };
}
