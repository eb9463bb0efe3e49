import { type BackupEnvironment, FORBIDDEN } from '../../lib/backup-environment/schema';

const ACCOUNT = '111122223333';
const BUCKET = 'acme-backup';
const KEY_ARN = `arn:aws:kms:us-east-2:${ACCOUNT}:key/0f0e0d0c-1234-4321-aaaa-bbbbccccdddd`;
export const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/acme-vault/i-0123456789abcdef0`;

const onBucket = [
  's3:GetBucketLocation',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:GetBucketVersioning',
  's3:ListBucketVersions',
].map((action) => ({ action, resource: `arn:aws:s3:::${BUCKET}` }));

const onObjects = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:GetObject',
  's3:ListMultipartUploadParts',
  's3:PutObject',
].map((action) => ({ action, resource: `arn:aws:s3:::${BUCKET}/*` }));

const WITH_KEY: readonly string[] = ['wrong-key', 'direct-key-use', 'create-grant'];
/** The role of these environments reaches the whole bucket, which has no Object Lock. */
const NOT_HERE: readonly string[] = [
  ...WITH_KEY,
  'key-left-out',
  'other-prefix',
  'change-retention',
  'bypass-retention',
];

/** An environment with AES-256. */
export const AES_256: BackupEnvironment = {
  version: 2,
  environment: 'acme',
  form: {
    storageType: 'AWS S3',
    label: 'Acme',
    roleBasedControl: true,
    bucketName: BUCKET,
    encryption: 'AES-256',
  },
  aws: {
    account: ACCOUNT,
    partition: 'aws',
    region: 'us-east-2',
    bucketArn: `arn:aws:s3:::${BUCKET}`,
    bucketKey: false,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/vault/acme-vault`,
  },
  host: { kind: 'ec2', instanceProfileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/acme-vault` },
  permissions: {
    capabilities: ['backup', 'versioning'],
    allowed: [
      ...onBucket,
      ...onObjects,
      { action: 's3:DeleteObjectVersion', resource: `arn:aws:s3:::${BUCKET}/vault-env-verification/*` },
    ],
    forbidden: FORBIDDEN.filter((act) => !NOT_HERE.includes(act)),
    verificationPrefix: 'vault-env-verification/',
    otherBucket: 'acme-payroll',
  },
  evidence: { stackSha256: 'a'.repeat(64) },
};

/** The same environment with AWS-KMS. */
export const AWS_KMS: BackupEnvironment = {
  ...AES_256,
  form: { ...AES_256.form, encryption: 'AWS-KMS', masterKey: KEY_ARN },
  aws: { ...AES_256.aws, keyArn: KEY_ARN, bucketKey: true },
  permissions: {
    ...AES_256.permissions,
    allowed: [
      ...AES_256.permissions.allowed,
      { action: 'kms:Decrypt', resource: KEY_ARN },
      { action: 'kms:GenerateDataKey', resource: KEY_ARN },
    ],
    forbidden: [...AES_256.permissions.forbidden, 'wrong-key', 'direct-key-use', 'create-grant'],
  },
};
