import type { Refused } from '../../aws/answer';
import type { ControlPlane } from '../../aws/control-plane';
import { isForeignRole, roleAccount, roleName } from '../../policy/resource-names';
import { mapRead, orWhenAbsent, type Read } from '../../verify/operator/live/read';
import { readLiveBucket } from '../../verify/operator/live/read-bucket';
import { readLiveKey } from '../../verify/operator/live/read-key';
import { readLiveRole, unreadRole } from '../../verify/operator/live/read-role';
import type { Wanted } from '../wanted';
import { aclGrantsRead, lifecycleRead, notifiesRead, replicationRead } from './bucket-settings';
import type { Found } from './found';
import { readAccessPoints } from './read-access-points';
import { readBeside } from './read-beside';
import { readInventories } from './read-inventories';
import { readObjects, readVersions } from './read-objects';

/** Reads everything that is judged. What may not be read is a refusal among the rest, not an error. */
export async function readFound({ iam, s3, kms, s3Control }: ControlPlane, wanted: Wanted): Promise<Found> {
  const bucket = { Bucket: wanted.bucket, ExpectedBucketOwner: wanted.account };
  const { environment } = wanted;
  const [versions, inventories] = await Promise.all([readVersions(s3, bucket), readInventories(s3, bucket)]);
  const [role, live, keys, lifecycle, acl, replication, payer, events, beside, objects, alias, ownPolicies] =
    await Promise.all([
      isForeignRole(environment)
        ? unreadRole(roleAccount(environment))
        : readLiveRole(iam, { role: wanted.roleName, instanceProfile: wanted.instanceProfile }),
      readLiveBucket(s3, bucket),
      Promise.all(wanted.keyArns.map((arn) => readLiveKey(kms, arn))),
      s3.getBucketLifecycleConfiguration(bucket),
      s3.getBucketAcl(bucket),
      s3.getBucketReplication(bucket),
      s3.getBucketRequestPayment(bucket),
      s3.getBucketNotificationConfiguration(bucket),
      readBeside(s3, bucket),
      readObjects(s3, bucket, { versions, inventories }),
      kms.describeKey({ KeyId: `alias/${roleName(environment)}` }),
      readOwnPolicies(iam, wanted.policyArns),
    ]);
  const accessPoints = await readAccessPoints(s3Control, wanted, live.policy);
  return {
    ...role,
    bucket: live,
    keys,
    lifecycleArguments: lifecycleRead(lifecycle),
    aclGrants: aclGrantsRead(acl),
    replication: replicationRead(replication),
    requestPayer: mapRead({ call: 'GetBucketRequestPayment', answer: payer }, ({ Payer = '' }) => Payer),
    notifies: notifiesRead(events),
    inventories,
    beside,
    accessPoints,
    versions,
    objects,
    aliasTarget: orWhenAbsent(
      mapRead({ call: 'DescribeKey', answer: alias }, ({ KeyMetadata }) => KeyMetadata?.Arn),
      'NotFoundException',
      undefined,
    ),
    ownPolicies,
  };
}

async function readOwnPolicies(iam: ControlPlane['iam'], arns: readonly string[]): Promise<Read<readonly string[]>> {
  const answers = await Promise.all(
    arns.map(async (arn) => ({ arn, answer: await iam.getPolicy({ PolicyArn: arn }) })),
  );
  const refused = answers.find(
    (one): one is { arn: string; answer: Refused } => !one.answer.ok && one.answer.code !== 'NoSuchEntity',
  );
  if (refused !== undefined) return { call: 'GetPolicy', answer: refused.answer };
  const value = answers.filter(({ answer }) => answer.ok).map(({ arn }) => arn);
  return { call: 'GetPolicy', answer: { ok: true, value, status: undefined, requestId: undefined } };
}
