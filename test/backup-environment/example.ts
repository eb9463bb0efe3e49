import type { BackupEnvironment, StackOutput } from '../../lib/backup-environment';
import { instanceProfileOf } from '../../lib/hosts';

/** Output of the stack of an AES-256 environment. */
export const AES_256_OUTPUT: StackOutput = {
  version: 2,
  environment: 'acme',
  form: {
    storageType: 'AWS S3',
    label: 'Acme production',
    roleBasedControl: true,
    bucketName: 'acme-vault',
    encryption: 'AES-256',
  },
  aws: {
    account: '111122223333',
    partition: 'aws',
    region: 'us-east-2',
    bucketArn: 'arn:aws:s3:::acme-vault',
    bucketKey: false,
    roleArn: 'arn:aws:iam::111122223333:role/vault-backup-acme',
  },
  host: { kind: 'ec2', instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/vault-backup-acme' },
  permissions: {
    capabilities: ['backup', 'versioning'],
    allowed: [{ action: 's3:ListBucket', resource: 'arn:aws:s3:::acme-vault' }],
    forbidden: ['plain-http'],
    verificationPrefix: 'vault-env-verification/',
    otherBucket: 'acme-other',
  },
};

const KEY_ARN = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Output of the stack of an AWS-KMS environment. */
export const AWS_KMS_OUTPUT: StackOutput = {
  ...AES_256_OUTPUT,
  form: { ...AES_256_OUTPUT.form, encryption: 'AWS-KMS', masterKey: KEY_ARN },
  aws: { ...AES_256_OUTPUT.aws, keyArn: KEY_ARN, bucketKey: true },
};

/** The document as an earlier release wrote it, with the host among the rest. */
export function asVersion1({ host, aws, ...output }: StackOutput) {
  return { ...output, version: 1, aws: { ...aws, instanceProfileArn: instanceProfileOf(host) } };
}

const evidence = { stackSha256: 'a'.repeat(64) };

export const AES_256_CONFIG: BackupEnvironment = { ...AES_256_OUTPUT, evidence };
export const AWS_KMS_CONFIG: BackupEnvironment = { ...AWS_KMS_OUTPUT, evidence };
