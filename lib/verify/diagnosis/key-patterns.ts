import type { EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import { oneOf } from './fits';

const KEY_ARN = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+/;
/** How KMS refuses an ARN of another region. */
const OTHER_REGION = /^Invalid arn ([a-z]{2}[a-z0-9-]+-\d)$/;

/** The key or alias that KMS names, or the check in its call: it may be a former one. */
function keyOf({ call, message }: Evidence, { keyArn }: EnvironmentFacts): string | undefined {
  return (KEY_ARN.exec(message) ?? KEY_ARN.exec(call))?.[0] ?? keyArn;
}

/** Whether the key is none of the environment's, so that something else than the config named it. */
export function isForeignKey(arn: string | undefined, { keyArn, formerKeyArns = [] }: EnvironmentFacts): boolean {
  return arn !== undefined && KEY_ARN.test(arn) && arn !== keyArn && !formerKeyArns.includes(arn);
}

/** The settings that can name a foreign key, and how each is put back. */
export const FOREIGN_KEY = {
  cause: ({ keyArn = 'none' }: EnvironmentFacts) =>
    `The key of the environment is ${keyArn}, so the default encryption of the bucket was changed, or whoever asked named that key.`,
  fix: (facts: EnvironmentFacts) => `${FOREIGN_KEY.putBack(facts)} Give nobody rights to the other key for this.`,
  putBack: ({ bucket }: EnvironmentFacts) =>
    `Put the default encryption of ${bucket} back (terraform apply). aws s3api get-bucket-encryption --bucket ${bucket} shows it; vault-env verify --as operator compares it.`,
};

/** Backups under the key: under a former one, none of the new. */
function backupsUnder(key: string | undefined, { formerKeyArns = [] }: EnvironmentFacts): string {
  return key !== undefined && formerKeyArns.includes(key) ? 'each earlier backup under it' : 'every backup';
}

const NOT_FOUND = oneOf('NotFoundException', 'KMS.NotFoundException');

/**
 * KMS's answers about a key that cannot be used; S3 puts `KMS.` before them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const KEY_PATTERNS: readonly Pattern[] = [
  {
    id: 'key-disabled',
    fits: oneOf('DisabledException', 'KMS.DisabledException'),
    cause: (evidence, facts) => {
      const key = keyOf(evidence, facts);
      return `The key ${key ?? ''} is disabled, and with it the reading of ${backupsUnder(key, facts)}${key === facts.keyArn ? ' and all writing' : ''}.`;
    },
    fix: (evidence, facts) =>
      `aws kms enable-key --key-id ${keyOf(evidence, facts) ?? '<key>'}, after finding out who disabled it.`,
  },
  {
    id: 'key-pending-deletion',
    fits: oneOf('KMSInvalidStateException', 'KMS.KMSInvalidStateException', 'KMS.InvalidStateException'),
    cause: (evidence, facts) => {
      const key = keyOf(evidence, facts);
      return `The key ${key ?? ''} cannot be used in its state; most often its deletion is scheduled, and with it that of ${backupsUnder(key, facts)}.`;
    },
    fix: (evidence, facts) =>
      `aws kms cancel-key-deletion --key-id ${keyOf(evidence, facts) ?? '<key>'}, then aws kms enable-key, before the date is over.`,
  },
  {
    id: 'other-key',
    fits: (evidence, facts) =>
      NOT_FOUND(evidence) && (OTHER_REGION.test(evidence.message) || isForeignKey(keyOf(evidence, facts), facts)),
    cause: (evidence, facts) => {
      const region = OTHER_REGION.exec(evidence.message)?.[1];
      const named = region === undefined ? `${keyOf(evidence, facts)}, and KMS does not know it` : `a key of ${region}`;
      return `S3 was to use ${named}. ${FOREIGN_KEY.cause(facts)}`;
    },
    fix: (_evidence, facts) => FOREIGN_KEY.fix(facts),
  },
  {
    id: 'no-such-key',
    fits: NOT_FOUND,
    cause: (evidence, facts) =>
      `KMS does not know the key ${keyOf(evidence, facts) ?? ''}: it was deleted, or it is not in ${facts.region}, the region of the bucket.`,
    fix: () =>
      "Compare Vault's Master Key and the default encryption of the bucket with the key in KMS; both must be in the bucket's region.",
  },
];
