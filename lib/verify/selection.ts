import type { BackupEnvironment } from '../backup-environment/schema';
import { ToolkitError } from '../errors';
import type { NegativeCheck, PositiveCheck } from './check';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from './checks';

export interface Selection {
  readonly positives: readonly PositiveCheck[];
  readonly negatives: readonly NegativeCheck[];
  /** Granted actions that none of the selected checks uses. */
  readonly notExercised: readonly string[];
}

/** What cleaning up uses. */
const CLEANUP_ACTIONS = ['s3:DeleteObjectVersion', 's3:ListBucketVersions'] as const;

/**
 * The checks that the permissions of a config ask for.
 *
 * @throws {ToolkitError} `UnknownCheck`, when `forbidden` names a check that does not exist
 */
export function selectChecks({ allowed, forbidden }: BackupEnvironment['permissions']): Selection {
  const granted = new Set(allowed.map((one) => one.action));
  const positives = POSITIVE_CHECKS.filter((check) => check.requires.every((action) => granted.has(action)));
  const used = new Set(positives.flatMap((check) => [...check.requires, ...(check.alsoUses ?? [])]));
  for (const action of CLEANUP_ACTIONS) used.add(action);
  const notExercised = [...granted].filter((action) => !used.has(action)).sort();
  return { positives, negatives: selectNegatives(forbidden), notExercised };
}

function selectNegatives(forbidden: readonly string[]): readonly NegativeCheck[] {
  const unknown = forbidden.filter((id) => !NEGATIVE_CHECKS.some((check) => check.id === id));
  if (unknown.length > 0) {
    throw new ToolkitError(
      'UnknownCheck',
      `'permissions.forbidden' must name checks that this version knows, got: ${unknown.join(', ')}\n` +
        'Verify with the version that wrote the config, or emit the config again',
    );
  }
  return NEGATIVE_CHECKS.filter((check) => forbidden.includes(check.id));
}

/**
 * The bucket that the role must not reach: the caller's choice, else the config's.
 *
 * @throws {ToolkitError} `OwnBucketAsOther`, when it is the environment's own
 */
export function chooseOtherBucket({ form, permissions }: BackupEnvironment, named?: string): string | undefined {
  const otherBucket = named ?? permissions.otherBucket;
  if (otherBucket !== form.bucketName) return otherBucket;
  throw new ToolkitError(
    'OwnBucketAsOther',
    `'otherBucket' must be a bucket that the role must not reach, got: ${otherBucket}, which is the environment's own\n` +
      'Name another existing bucket of the account',
  );
}
