import type { EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import { oneOf } from './fits';

const KEY_ARN = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+/;

/** The key that KMS names, or the check in its call: it may be a former one. */
function keyOf({ call, message }: Evidence, { keyArn }: EnvironmentFacts): string | undefined {
  return (KEY_ARN.exec(message) ?? KEY_ARN.exec(call))?.[0] ?? keyArn;
}

/**
 * What KMS answers about a key that cannot be used; S3 puts `KMS.` before it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const KEY_PATTERNS: readonly Pattern[] = [
  {
    id: 'key-disabled',
    fits: oneOf('DisabledException', 'KMS.DisabledException'),
    cause: (evidence, facts) =>
      `The key ${keyOf(evidence, facts) ?? ''} is disabled, so nothing can be written or read.`,
    fix: (evidence, facts) =>
      `aws kms enable-key --key-id ${keyOf(evidence, facts) ?? '<key>'}, after finding out who disabled it.`,
  },
  {
    id: 'key-pending-deletion',
    fits: oneOf('KMSInvalidStateException', 'KMS.KMSInvalidStateException', 'KMS.InvalidStateException'),
    cause: (evidence, facts) =>
      `The key ${keyOf(evidence, facts) ?? ''} cannot be used in its state; most often its deletion is scheduled, and with it that of every backup.`,
    fix: (evidence, facts) =>
      `aws kms cancel-key-deletion --key-id ${keyOf(evidence, facts) ?? '<key>'}, then aws kms enable-key, before the date is over.`,
  },
  {
    id: 'no-such-key',
    fits: oneOf('NotFoundException', 'KMS.NotFoundException'),
    cause: (evidence, facts) =>
      `KMS does not know the key ${keyOf(evidence, facts) ?? ''}: it was deleted, or it is not in ${facts.region}, the region of the bucket.`,
    fix: () =>
      "Compare Vault's Master Key and the default encryption of the bucket with the key in KMS; both must be in the bucket's region.",
  },
];
