import type { Pattern } from './diagnosis';
import { oneOf } from './fits';

/**
 * What KMS answers about a key that cannot be used; S3 puts `KMS.` before it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const KEY_PATTERNS: readonly Pattern[] = [
  {
    id: 'key-disabled',
    fits: oneOf('DisabledException', 'KMS.DisabledException'),
    cause: (_evidence, { keyArn }) => `The key ${keyArn ?? ''} is disabled, so nothing can be written or read.`,
    fix: (_evidence, { keyArn }) =>
      `aws kms enable-key --key-id ${keyArn ?? '<key>'}, after finding out who disabled it.`,
  },
  {
    id: 'key-pending-deletion',
    fits: oneOf('KMSInvalidStateException', 'KMS.KMSInvalidStateException', 'KMS.InvalidStateException'),
    cause: (_evidence, { keyArn }) =>
      `The key ${keyArn ?? ''} cannot be used in its state; most often its deletion is scheduled, and with it that of every backup.`,
    fix: (_evidence, { keyArn }) =>
      `aws kms cancel-key-deletion --key-id ${keyArn ?? '<key>'}, then aws kms enable-key, before the date is over.`,
  },
  {
    id: 'no-such-key',
    fits: oneOf('NotFoundException', 'KMS.NotFoundException'),
    cause: (_evidence, { keyArn, region }) =>
      `KMS does not know the key ${keyArn ?? ''}: it was deleted, or it is not in ${region}, the region of the bucket.`,
    fix: () =>
      "Compare Vault's Master Key and the default encryption of the bucket with the key in KMS; both must be in the bucket's region.",
  },
];
