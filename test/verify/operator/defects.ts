import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Administrator } from '../../support/deploy-stack';
import { CERTIFICATE_DEFECTS } from './certificate-defects';
import type { ControlPlaneDefect, StatementDocument, Target } from './defect';

type Edit = (statements: readonly StatementDocument[]) => readonly StatementDocument[];

const document = (statements: readonly StatementDocument[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const without =
  (sid: string): Edit =>
  (statements) =>
    statements.filter(({ Sid }) => Sid !== sid);
const adding =
  (...added: readonly StatementDocument[]): Edit =>
  (statements) => [...statements, ...added];
const allow = (Action: string | readonly string[], Resource = '*') => ({
  Sid: 'Added',
  Effect: 'Allow',
  Action,
  Resource,
});

const policyArn = ({ account, roleName }: Target, suffix: string) =>
  `arn:aws:iam::${account}:policy/${roleName}-${suffix}`;

const newVersion = (which: 's3' | 'kms', edit: Edit) => (target: Target) =>
  target.iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: policyArn(target, which),
      PolicyDocument: document(edit(target.statements[which])),
      SetAsDefault: true,
    }),
  );
const bucketPolicy =
  (edit: Edit) =>
  ({ s3, bucket: Bucket, statements }: Target) =>
    s3.send(new PutBucketPolicyCommand({ Bucket, Policy: document(edit(statements.bucket)) }));
const keyPolicy =
  (edit: Edit) =>
  ({ kms, keyArn: KeyId, statements }: Target) =>
    kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: document(edit(statements.key)) }));
const trust =
  (edit: Edit) =>
  ({ iam, roleName: RoleName, statements }: Target) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document(edit(statements.trust)) }));
const onBucket =
  (make: (s3: Administrator['s3'], Bucket: string) => Promise<unknown>) =>
  ({ s3, bucket }: Target) =>
    make(s3, bucket);
const lifecycle = (...Rules: readonly object[]) =>
  onBucket((s3, Bucket) =>
    s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: Rules as [] } })),
  );

const ABORT = {
  ID: 'abort-incomplete-uploads',
  Status: 'Enabled',
  Filter: {},
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};
const EXPIRE = {
  ID: 'expire-noncurrent-versions',
  Status: 'Enabled',
  Filter: {},
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  Expiration: { ExpiredObjectDeleteMarker: true },
};
const BLOCK = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const FOREIGN_ACCOUNT = { AWS: 'arn:aws:iam::999988887777:root' };

async function attachOther({ iam, roleName: RoleName, suffix }: Target) {
  const PolicyDocument = document([allow('s3:*')]);
  const created = await iam.send(new CreatePolicyCommand({ PolicyName: `somebody-elses${suffix}`, PolicyDocument }));
  return iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: created.Policy?.Arn }));
}

/** The rows of the operator's half. */
export const CONTROL_PLANE_DEFECTS: readonly ControlPlaneDefect[] = [
  {
    name: 'a longer session',
    environment: 'aes-256',
    make: ({ iam, roleName: RoleName }) => iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 43_200 })),
    caughtBy: 'role-settings',
    says: 'MaxSessionDuration was audited as 3600 and is 43200',
  },
  {
    name: 'a trust policy that lets another account assume the role',
    environment: 'aes-256',
    make: trust(adding({ Sid: 'Partner', Effect: 'Allow', Principal: FOREIGN_ACCOUNT, Action: 'sts:AssumeRole' })),
    caughtBy: 'role-trust',
    says: "can now do sts:AssumeRole on the role, by 'Partner' of 'trust policy'",
  },
  {
    name: 'a trust policy that lets another service assume the role',
    environment: 'aws-kms',
    make: trust(
      adding({
        Sid: 'Lambda',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    ),
    caughtBy: 'role-trust',
    says: 'lambda.amazonaws.com can now do sts:AssumeRole on the role',
  },
  {
    name: 'a trust policy that no longer lets EC2 assume the role',
    environment: 'aes-256',
    make: trust(() => [
      {
        Sid: 'AssumeFromInstance',
        Effect: 'Deny',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ]),
    caughtBy: 'role-trust',
    says: 'EC2 can no longer do sts:AssumeRole on the role',
  },
  {
    name: 'another managed policy on the role',
    environment: 'aes-256',
    make: attachOther,
    caughtBy: 'role-attachments',
    says: 'policy/somebody-elses is attached and was not audited',
  },
  {
    name: 'the KMS policy taken off the role',
    environment: 'aws-kms',
    make: (target) =>
      target.iam.send(new DetachRolePolicyCommand({ RoleName: target.roleName, PolicyArn: policyArn(target, 'kms') })),
    caughtBy: 'role-attachments',
    unclear: ['role-policies'],
    says: '-kms is not attached',
  },
  {
    name: 'a default version that lets the role write the bucket policy',
    environment: 'aes-256',
    make: newVersion('s3', adding(allow('s3:PutBucketPolicy'))),
    caughtBy: 'role-policies',
    says: 'the role can now do s3:PutBucketPolicy on the bucket',
  },
  {
    name: 'a default version that allows everything',
    environment: 'aws-kms',
    make: newVersion('s3', adding(allow('*'))),
    caughtBy: 'role-policies',
    says: 'the role can now do ec2:AssociateEnclaveCertificateIamRole, ec2:DisassociateEnclaveCertificateIamRole, iam:PassRole',
  },
  {
    name: 'a default version without the condition on the own account',
    environment: 'aes-256',
    make: newVersion('s3', (statements) => statements.map(({ Condition: _, ...statement }) => statement)),
    caughtBy: 'role-policies',
    says: 'in more circumstances (owner of the resource: another account or unknown)',
  },
  {
    name: 'a default version without kms:Decrypt',
    environment: 'aws-kms',
    make: newVersion('kms', (statements) => statements.map((one) => ({ ...one, Action: 'kms:GenerateDataKey' }))),
    caughtBy: 'role-policies',
    says: 'the role can no longer do kms:Decrypt on the key',
  },
  {
    name: 'an inline policy',
    environment: 'aes-256',
    make: ({ iam, roleName: RoleName }) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'temporary',
          PolicyDocument: document([allow('iam:PassRole')]),
        }),
      ),
    caughtBy: 'role-inline-policies',
    says: "the inline policy 'temporary': the role can now do iam:PassRole",
  },
  {
    name: 'an inline policy that changes nothing',
    environment: 'aes-256',
    make: ({ iam, roleName: RoleName, statements }) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'copy', PolicyDocument: document(statements.s3) })),
    caughtBy: 'role-inline-policies',
    says: "the inline policy 'copy', which changes nothing yet",
  },
  {
    name: 'a permissions boundary that was removed',
    environment: 'every-option',
    make: ({ iam, roleName: RoleName }) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    caughtBy: 'role-boundary',
    says: 'policy/vault-limits and has no boundary',
  },
  {
    name: 'a permissions boundary that was not audited',
    environment: 'aes-256',
    make: async ({ iam, roleName: RoleName, suffix }) => {
      const PolicyDocument = document([allow('*')]);
      const created = await iam.send(new CreatePolicyCommand({ PolicyName: `limits${suffix}`, PolicyDocument }));
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: created.Policy?.Arn }));
    },
    caughtBy: 'role-boundary',
    says: 'was audited with no boundary and has arn:aws:iam::111122223333:policy/limits',
  },
  {
    name: 'a permissions boundary that takes away what Vault needs',
    environment: 'every-option',
    make: ({ iam, account, suffix }) =>
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: `arn:aws:iam::${account}:policy/vault-limits${suffix}`,
          PolicyDocument: document([allow('s3:*')]),
          SetAsDefault: true,
        }),
      ),
    caughtBy: 'role-boundary',
    says: 'the role can no longer do kms:Decrypt, kms:GenerateDataKey on the key',
  },
  {
    name: 'another role that carries the same policy',
    environment: 'aes-256',
    make: async (target) => {
      const AssumeRolePolicyDocument = document(target.statements.trust);
      await target.iam.send(new CreateRoleCommand({ RoleName: `build${target.suffix}`, AssumeRolePolicyDocument }));
      const PolicyArn = policyArn(target, 's3');
      await target.iam.send(new AttachRolePolicyCommand({ RoleName: `build${target.suffix}`, PolicyArn }));
    },
    caughtBy: 'policy-holders',
    says: 'role/build carries arn:aws:iam::111122223333:policy/vault-backup-aes-256-s3',
  },
  {
    name: 'an instance profile without the role',
    environment: 'aes-256',
    make: ({ iam, roleName }) =>
      iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: roleName, RoleName: roleName })),
    caughtBy: 'instance-profile',
    says: 'The profile holds no role',
  },
  {
    name: 'a second instance profile with the role',
    environment: 'aes-256',
    make: async ({ iam, roleName: RoleName, suffix }) => {
      const InstanceProfileName = `spare${suffix}`;
      await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
      await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    },
    caughtBy: 'instance-profile',
    says: 'The role is also in arn:aws:iam::111122223333:instance-profile/spare',
  },
  {
    name: 'no bucket policy',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket }))),
    caughtBy: 'bucket-policy',
    says: 'The bucket has no policy',
  },
  {
    name: 'a bucket policy that accepts plain HTTP',
    environment: 'aws-kms',
    make: bucketPolicy(without('DenyPlainHttp')),
    caughtBy: 'bucket-policy',
    says: 'in more circumstances (transport: plain HTTP)',
  },
  {
    name: 'a bucket policy that accepts old TLS',
    environment: 'aes-256',
    make: bucketPolicy(without('DenyOldTls')),
    caughtBy: 'bucket-policy',
    says: '(transport: TLS 1.1 or TLS 1.0)',
  },
  {
    name: 'a bucket policy that accepts another encryption',
    environment: 'aes-256',
    make: bucketPolicy(without('DenyWrongEncryption')),
    caughtBy: 'bucket-policy',
    says: '(encryption header: aws:kms or aws:kms:dsse)',
  },
  {
    name: 'a bucket policy that accepts keys from the caller',
    environment: 'aws-kms',
    make: bucketPolicy(without('DenyCustomerProvidedKeys')),
    caughtBy: 'bucket-policy',
    says: '(customer-provided key: AES256)',
  },
  {
    name: 'a bucket policy that lets another account read',
    environment: 'aes-256',
    make: bucketPolicy((statements) => [
      ...statements,
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: FOREIGN_ACCOUNT,
        Action: 's3:GetObject',
        Resource: statements.at(-1)?.Resource,
      },
    ]),
    caughtBy: 'bucket-policy',
    says: "can now do s3:GetObject on backups, probes, search results, by 'Partner' of 'bucket policy'",
  },
  {
    name: 'a bucket policy that denies deletions by the role',
    environment: 'aes-256',
    make: bucketPolicy((statements) => [
      ...statements,
      {
        Sid: 'KeepObjects',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteObject',
        Resource: statements.at(-1)?.Resource,
      },
    ]),
    caughtBy: 'bucket-policy',
    says: "the role can no longer do s3:DeleteObject on backups, probes, search results, by 'KeepObjects'",
  },
  {
    name: 'no Block Public Access',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) => s3.send(new DeletePublicAccessBlockCommand({ Bucket }))),
    caughtBy: 'bucket-public-access',
    says: 'BlockPublicAcls was audited as true and is not set',
  },
  {
    name: 'one setting of Block Public Access off',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: { ...BLOCK, RestrictPublicBuckets: false },
        }),
      ),
    ),
    caughtBy: 'bucket-public-access',
    says: 'RestrictPublicBuckets was audited as true and is false.',
  },
  {
    name: 'no ownership controls',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) => s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }))),
    caughtBy: 'bucket-ownership',
    says: 'ObjectOwnership was audited as BucketOwnerEnforced and is not set',
  },
  {
    name: 'ACLs switched on',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
        }),
      ),
    ),
    caughtBy: 'bucket-ownership',
    says: 'ObjectOwnership was audited as BucketOwnerEnforced and is ObjectWriter',
  },
  {
    name: 'default encryption with S3 keys instead of the key',
    environment: 'aws-kms',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
        }),
      ),
    ),
    caughtBy: 'bucket-encryption',
    says: 'SSEAlgorithm was audited as aws:kms and is AES256',
  },
  {
    name: 'bucket keys off',
    environment: 'aws-kms',
    make: ({ s3, bucket: Bucket, keyArn: KMSMasterKeyID }) =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
          },
        }),
      ),
    caughtBy: 'bucket-encryption',
    says: 'BucketKeyEnabled was audited as true and is false.',
  },
  {
    name: 'versioning suspended',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
    ),
    caughtBy: 'bucket-versioning',
    says: 'Status was audited as Enabled and is Suspended.',
  },
  {
    name: 'no lifecycle rules',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) => s3.send(new DeleteBucketLifecycleCommand({ Bucket }))),
    caughtBy: 'bucket-lifecycle',
    says: 'NoncurrentVersionExpiration.NoncurrentDays was audited as 30 and is not set',
  },
  {
    name: 'old versions kept for a day',
    environment: 'aes-256',
    make: lifecycle(ABORT, { ...EXPIRE, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
    caughtBy: 'bucket-lifecycle',
    says: 'NoncurrentVersionExpiration.NoncurrentDays was audited as 30 and is 1.',
  },
  {
    name: 'a rule that expires current backups',
    environment: 'aes-256',
    make: lifecycle(ABORT, EXPIRE, { ID: 'tidy', Status: 'Enabled', Filter: {}, Expiration: { Days: 365 } }),
    caughtBy: 'bucket-lifecycle',
    says: 'tidy: Expiration.Days is 365 and was not there when it was audited',
  },
  {
    name: 'a rule that moves current backups to an archive',
    environment: 'aes-256',
    make: lifecycle(ABORT, EXPIRE, {
      ID: 'archive',
      Status: 'Enabled',
      Filter: {},
      Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
    }),
    caughtBy: 'bucket-lifecycle',
    says: 'archive: Transitions is [{',
  },
  {
    name: 'a rule switched off',
    environment: 'aes-256',
    make: lifecycle({ ...ABORT, Status: 'Disabled' }, EXPIRE),
    caughtBy: 'bucket-lifecycle',
    says: 'abort-incomplete-uploads: Status was audited as Enabled and is Disabled.',
  },
  {
    name: 'a rule limited to a prefix',
    environment: 'aes-256',
    make: lifecycle({ ...ABORT, Filter: { Prefix: 'org/' } }, EXPIRE),
    caughtBy: 'bucket-lifecycle',
    says: 'abort-incomplete-uploads: Filter is {"Prefix":"org/"}',
  },
  {
    name: 'a shorter default retention',
    environment: 'every-option',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
          },
        }),
      ),
    ),
    caughtBy: 'bucket-object-lock',
    says: 'Days was audited as 14 and is 1.',
  },
  {
    name: 'Object Lock where none was audited',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 10 } },
          },
        }),
      ),
    ),
    caughtBy: 'bucket-object-lock',
    says: 'Mode is COMPLIANCE and was not there when it was audited',
  },
  {
    name: 'access logs switched off',
    environment: 'every-option',
    make: onBucket((s3, Bucket) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }))),
    caughtBy: 'bucket-logging',
    says: 'TargetBucket was audited as example-access-logs and is not set',
  },
  {
    name: 'access logs under another prefix',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutBucketLoggingCommand({
          Bucket,
          BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'example-access-logs', TargetPrefix: 'spy/' } },
        }),
      ),
    ),
    caughtBy: 'bucket-logging',
    says: 'TargetPrefix was audited as aes-256/ and is spy/.',
  },
  {
    name: 'no tags',
    environment: 'every-option',
    make: onBucket((s3, Bucket) => s3.send(new DeleteBucketTaggingCommand({ Bucket }))),
    caughtBy: 'bucket-tags',
    says: 'team was audited as platform and is not set',
  },
  {
    name: 'a tag with another value',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutBucketTaggingCommand({
          Bucket,
          Tagging: { TagSet: [{ Key: 'vault-backup-environment', Value: 'another' }] },
        }),
      ),
    ),
    caughtBy: 'bucket-tags',
    says: 'vault-backup-environment was audited as aes-256 and is another',
  },
  {
    name: 'replication to another bucket',
    environment: 'aes-256',
    make: async ({ s3, bucket: Bucket, roleArn: Role }) => {
      const replica = { Bucket: 'example-access-logs', VersioningConfiguration: { Status: 'Enabled' } } as const;
      await s3.send(new PutBucketVersioningCommand(replica));
      await s3.send(
        new PutBucketReplicationCommand({
          Bucket,
          ReplicationConfiguration: {
            Role,
            Rules: [
              {
                ID: 'copy',
                Status: 'Enabled',
                Priority: 1,
                Filter: { Prefix: '' },
                DeleteMarkerReplication: { Status: 'Disabled' },
                Destination: { Bucket: 'arn:aws:s3:::example-access-logs' },
              },
            ],
          },
        }),
      );
    },
    caughtBy: 'bucket-copies',
    says: 'Objects are replicated to arn:aws:s3:::example-access-logs',
  },
  {
    name: 'the bucket as a website',
    environment: 'aes-256',
    make: onBucket((s3, Bucket) =>
      s3.send(
        new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
      ),
    ),
    caughtBy: 'bucket-website',
    says: 'The bucket is configured as a website.',
  },
  {
    name: 'the key disabled',
    environment: 'aws-kms',
    make: ({ kms, keyArn: KeyId }) => kms.send(new DisableKeyCommand({ KeyId })),
    caughtBy: 'key-state',
    says: 'KeyState was audited as Enabled and is Disabled.',
  },
  {
    name: 'a key of earlier backups disabled',
    environment: 'former-keys',
    make: ({ kms, keyArn: KeyId }) => kms.send(new DisableKeyCommand({ KeyId })),
    caughtBy: 'key-state',
    says: 'KeyState was audited as Enabled and is Disabled.',
  },
  {
    name: 'a key policy that no longer lets the role read earlier backups',
    environment: 'former-keys',
    make: keyPolicy((statements) => statements.filter(({ Sid }) => Sid !== 'UseKeyThroughS3')),
    caughtBy: 'key-policy',
    says: 'the role can no longer do kms:Decrypt on a former key',
  },
  {
    name: 'the deletion of the key scheduled',
    environment: 'every-option',
    make: ({ kms, keyArn: KeyId }) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
    caughtBy: 'key-state',
    unclear: ['key-rotation'],
    says: 'KeyState was audited as Enabled and is PendingDeletion',
  },
  {
    name: 'a key that is no longer rotated',
    environment: 'aws-kms',
    make: ({ kms, keyArn: KeyId }) => kms.send(new DisableKeyRotationCommand({ KeyId })),
    caughtBy: 'key-rotation',
    says: 'KeyRotationEnabled was audited as true and is false.',
  },
  {
    name: 'a key policy that lets administrators decrypt',
    environment: 'aws-kms',
    make: keyPolicy((statements) =>
      statements.map((one) => (one.Sid === 'AdministerKey' ? { ...one, Action: 'kms:*' } : one)),
    ),
    caughtBy: 'key-policy',
    says: 'an administrator of the account can now do',
  },
  {
    name: 'a key policy that shuts the role out',
    environment: 'aws-kms',
    make: keyPolicy(without('UseKeyThroughS3')),
    caughtBy: 'key-policy',
    says: 'the role can no longer do kms:Decrypt, kms:GenerateDataKey on the key',
  },
  {
    name: 'a key policy that lets another account decrypt',
    environment: 'aws-kms',
    make: keyPolicy(
      adding({ Sid: 'Partner', Effect: 'Allow', Principal: FOREIGN_ACCOUNT, Action: 'kms:Decrypt', Resource: '*' }),
    ),
    caughtBy: 'key-policy',
    says: "can now do kms:Decrypt on the key, by 'Partner' of 'key policy'",
  },
  {
    name: 'a grant that was made while the key policy allowed it',
    environment: 'aws-kms',
    make: async (target) => {
      const { kms, keyArn: KeyId } = target;
      const Operations = ['Decrypt' as const];
      await keyPolicy((statements) =>
        statements.map((one) => (one.Sid === 'AdministerKey' ? { ...one, Action: 'kms:*' } : one)),
      )(target);
      await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: target.roleArn, Operations }));
      await keyPolicy((statements) => statements)(target);
    },
    caughtBy: 'key-grants',
    says: 'By a grant arn:aws:iam::111122223333:role/vault-backup-aws-kms may Decrypt.',
  },
  ...CERTIFICATE_DEFECTS,
];
