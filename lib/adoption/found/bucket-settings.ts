import type { ControlPlane } from '../../aws/control-plane';
import { mapRead, orWhenAbsent, type Read } from '../../verify/operator/live/read';
import type { AclGrant, Found } from './found';
import { lifecycleArguments } from './lifecycle-arguments';

type AnswerOf<Call extends keyof ControlPlane['s3']> = Awaited<ReturnType<ControlPlane['s3'][Call]>>;

/** The rules as arguments of Terraform; none where the bucket has no configuration. */
export function lifecycleRead(answer: AnswerOf<'getBucketLifecycleConfiguration'>): Found['lifecycleArguments'] {
  const read = mapRead({ call: 'GetBucketLifecycleConfiguration', answer }, lifecycleArguments);
  return orWhenAbsent(read, 'NoSuchLifecycleConfiguration', { rule: [] });
}

/** Whoever else than the owner the list grants something. */
export function aclGrantsRead(answer: AnswerOf<'getBucketAcl'>): Read<readonly AclGrant[]> {
  return mapRead({ call: 'GetBucketAcl', answer }, ({ Owner, Grants = [] }) =>
    Grants.filter(({ Grantee }) => Grantee?.ID === undefined || Grantee.ID !== Owner?.ID).map(
      ({ Grantee, Permission = '' }) => ({
        grantee: Grantee?.URI ?? Grantee?.ID ?? Grantee?.EmailAddress ?? '',
        permission: Permission,
      }),
    ),
  );
}

/** The rules that copy objects; none where the bucket has no configuration. */
export function replicationRead(answer: AnswerOf<'getBucketReplication'>): Found['replication'] {
  const read = mapRead({ call: 'GetBucketReplication', answer }, ({ ReplicationConfiguration: all }) =>
    (all?.Rules ?? []).map(({ Status, Destination, SourceSelectionCriteria }) => ({
      to: Destination?.Bucket ?? '',
      role: all?.Role ?? '',
      isEnabled: Status === 'Enabled',
      copiesKms: SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled',
    })),
  );
  return orWhenAbsent(read, 'ReplicationConfigurationNotFoundError', []);
}

/** Whatever is told of changes of objects. */
export function notifiesRead(answer: AnswerOf<'getBucketNotificationConfiguration'>): Read<readonly string[]> {
  return mapRead({ call: 'GetBucketNotificationConfiguration', answer }, (value) => [
    ...(value.QueueConfigurations ?? []).map(({ QueueArn = '' }) => QueueArn),
    ...(value.TopicConfigurations ?? []).map(({ TopicArn = '' }) => TopicArn),
    ...(value.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn = '' }) => LambdaFunctionArn),
    ...(value.EventBridgeConfiguration === undefined ? [] : ['Amazon EventBridge']),
  ]);
}
