import { s3ServiceName } from '../../../request-model';
import type { AccountState } from '../../state/account-state';

type Location = Pick<AccountState, 'partition' | 'region' | 'accountId'>;

/**
 * The key policy that a key gets when it is created without one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicyDocument(account: Location): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: rootArn(account) },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** The key policy of `alias/aws/s3`: use for everyone in the account through S3 only, metadata for the account. */
export function s3KeyPolicyDocument(account: Location): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'auto-s3-2',
    Statement: [
      {
        Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': account.accountId, 'kms:ViaService': s3ServiceName(account) },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: rootArn(account) },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  });
}

function rootArn(account: Location): string {
  return `arn:${account.partition}:iam::${account.accountId}:root`;
}
