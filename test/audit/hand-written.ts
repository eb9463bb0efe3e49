// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
type Json = any;

const ACCOUNT = '222233334444';
const BUCKET = 'acme-salesforce-backups';
const LOGS = 'acme-salesforce-logs';
const REGION = 'eu-central-1';
const ROLE = 'salesforce-backup';
const bucketArn = `arn:aws:s3:::${BUCKET}`;
const roleArn = `arn:aws:iam::${ACCOUNT}:role/${ROLE}`;
const rootArn = `arn:aws:iam::${ACCOUNT}:root`;

const policy = (...Statement: readonly Json[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** Of the team that wrote it: Sids in another dialect, several denials in one, no output, no names of ours. */
const BUCKET_POLICY = policy(
  {
    Sid: 'insecure-transport',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'old-tls',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:*'],
    Resource: [`${bucketArn}/*`, bucketArn],
    Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
  },
  {
    Sid: 'other-algorithm',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*`,
    Condition: {
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      Null: { 's3:x-amz-server-side-encryption': 'false' },
    },
  },
  {
    Sid: 'other-key',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*`,
    Condition: {
      StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': '${aws_kms_key.backups.arn}' },
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
    },
  },
  {
    Sid: 'customer-keys',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*`,
    Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
  },
);

const KEY_POLICY = policy(
  {
    Sid: 'administration',
    Effect: 'Allow',
    Principal: { AWS: rootArn },
    Action: [
      ...['kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DescribeKey', 'kms:DisableKeyRotation'],
      ...['kms:EnableKey', 'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'],
      ...['kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListResourceTags'],
      ...['kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias'],
      ...['kms:UpdateKeyDescription', 'kms:ListKeyRotations', 'kms:RotateKeyOnDemand'],
    ],
    Resource: '*',
  },
  {
    Sid: 'use',
    Effect: 'Allow',
    Principal: { AWS: rootArn },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn },
      StringEquals: {
        'kms:ViaService': `s3.${REGION}.amazonaws.com`,
        'kms:EncryptionContext:aws:s3:arn': bucketArn,
        'kms:CallerAccount': ACCOUNT,
      },
    },
  },
);

const USE_POLICY = policy(
  {
    Sid: 'Bucket',
    Effect: 'Allow',
    Action: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
    Resource: bucketArn,
    Condition: { StringEquals: { 'aws:ResourceAccount': ACCOUNT } },
  },
  {
    Sid: 'Objects',
    Effect: 'Allow',
    Action: [
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ],
    Resource: `${bucketArn}/*`,
    Condition: { StringEquals: { 'aws:ResourceAccount': ACCOUNT } },
  },
  {
    Sid: 'Key',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '${aws_kms_key.backups.arn}',
    Condition: {
      StringEquals: {
        'kms:ViaService': `s3.${REGION}.amazonaws.com`,
        'kms:EncryptionContext:aws:s3:arn': bucketArn,
      },
    },
  },
);

const of = (bucket: string) => ({ bucket: `\${aws_s3_bucket.${bucket}.id}` });
const blocked = (bucket: string) => ({
  ...of(bucket),
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
});
const guard = { lifecycle: { prevent_destroy: true } };

/** A whole stack that somebody else wrote, in the manner of the modules that most people use, right in every point. */
export function handWritten(): Json {
  return {
    terraform: {
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.100' } },
      backend: {
        s3: { bucket: 'acme-terraform', key: 'salesforce-backup', region: REGION, encrypt: true, use_lockfile: true },
      },
    },
    provider: {
      aws: { region: REGION, allowed_account_ids: [ACCOUNT], default_tags: { tags: { team: 'salesforce' } } },
    },
    resource: {
      aws_s3_bucket: { backups: { bucket: BUCKET, ...guard } },
      aws_s3_bucket_versioning: {
        backups: { ...of('backups'), versioning_configuration: { status: 'Enabled' } },
      },
      aws_s3_bucket_public_access_block: { backups: blocked('backups') },
      aws_s3_bucket_ownership_controls: {
        backups: { ...of('backups'), rule: { object_ownership: 'BucketOwnerEnforced' } },
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        backups: {
          ...of('backups'),
          rule: {
            bucket_key_enabled: true,
            apply_server_side_encryption_by_default: {
              sse_algorithm: 'aws:kms',
              kms_master_key_id: '${aws_kms_key.backups.arn}',
            },
          },
        },
      },
      aws_s3_bucket_lifecycle_configuration: {
        backups: {
          ...of('backups'),
          rule: [
            {
              id: 'tidy',
              status: 'Enabled',
              filter: {},
              abort_incomplete_multipart_upload: { days_after_initiation: 3 },
              noncurrent_version_expiration: { noncurrent_days: 60 },
            },
          ],
        },
      },
      aws_s3_bucket_logging: {
        backups: { ...of('backups'), target_bucket: LOGS, target_prefix: 'salesforce/' },
      },
      aws_s3_bucket_policy: { backups: { ...of('backups'), policy: BUCKET_POLICY } },
      aws_kms_key: {
        backups: {
          description: 'Backups',
          enable_key_rotation: true,
          deletion_window_in_days: 30,
          policy: KEY_POLICY,
          ...guard,
        },
      },
      aws_kms_alias: { backups: { name: 'alias/backups', target_key_id: '${aws_kms_key.backups.key_id}' } },
      aws_iam_role: {
        backup: {
          name: ROLE,
          assume_role_policy: policy({
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: ['ec2.amazonaws.com'] },
          }),
        },
      },
      aws_iam_policy: { use: { name: 'salesforce-backup', policy: USE_POLICY } },
      aws_iam_role_policy_attachment: {
        use: { role: '${aws_iam_role.backup.name}', policy_arn: '${aws_iam_policy.use.arn}' },
      },
      aws_iam_instance_profile: { host: { name: 'salesforce-backup', role: '${aws_iam_role.backup.name}' } },
    },
  };
}
