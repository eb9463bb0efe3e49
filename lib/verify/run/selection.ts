import type { BackupEnvironment } from '../../backup-environment/schema';
import { ToolkitError } from '../../errors';
import type { NegativeCheck, PositiveCheck } from '../check-kit/check';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../checks';

export interface Selection {
  readonly positives: readonly PositiveCheck[];
  readonly negatives: readonly NegativeCheck[];
  /** Ids of the checks that the config asks for and the caller does not want. */
  readonly leftOut: readonly string[];
  /** Granted actions that none of the selected checks uses. */
  readonly notExercised: readonly string[];
  /** Checks that cannot be asked where the bucket locks what is written, a sentence each. */
  readonly notAskable: readonly string[];
}

interface Choice {
  readonly permissions: BackupEnvironment['permissions'];
  /** Whether Object Lock keeps what the checks write. @default false */
  readonly isLocked?: boolean;
  /** Ids of checks that are not to be run. */
  readonly without?: readonly string[];
}

/**
 * The checks that the permissions of a config ask for.
 *
 * @throws {ToolkitError} `UnknownCheck`, when `forbidden` or `without` names a check that does not exist
 */
export function selectChecks({ permissions, isLocked = false, without = [] }: Choice): Selection {
  const { allowed, capabilities, forbidden } = permissions;
  requireKnown("'--without'", without, [...POSITIVE_CHECKS, ...NEGATIVE_CHECKS]);
  const granted = new Set(allowed.map((one) => one.action));
  const isAsked = ({ requires, capability = '' }: PositiveCheck) =>
    requires.every((action) => granted.has(action)) && (capability === '' || capabilities.includes(capability));
  const applies = ({ objectLock }: PositiveCheck) => objectLock !== (isLocked ? 'excluded' : 'required');
  const askable = POSITIVE_CHECKS.filter(isAsked);
  const asked = [...askable.filter(applies), ...selectNegatives(forbidden)];
  const isLeftOut = ({ id }: NegativeCheck | PositiveCheck) => without.includes(id);
  const positives = asked.filter((check) => check.kind === 'positive').filter((check) => !isLeftOut(check));
  const negatives = asked.filter((check) => check.kind === 'negative').filter((check) => !isLeftOut(check));
  const notAskable = askable.filter((check) => isLocked && !applies(check)).map(cannotBeAsked);
  const used = new Set(positives.flatMap((check) => [...check.requires, ...(check.alsoUses ?? [])]));
  const notExercised = [...granted].filter((action) => !used.has(action)).sort();
  return { positives, negatives, leftOut: asked.filter(isLeftOut).map(({ id }) => id), notExercised, notAskable };
}

function cannotBeAsked({ id }: PositiveCheck): string {
  return `${id}: Object Lock keeps every version that is written, so that none can be removed`;
}

function selectNegatives(forbidden: readonly string[]): readonly NegativeCheck[] {
  requireKnown("'permissions.forbidden'", forbidden, NEGATIVE_CHECKS);
  return NEGATIVE_CHECKS.filter((check) => forbidden.includes(check.id));
}

function requireKnown(where: string, ids: readonly string[], checks: readonly { readonly id: string }[]): void {
  const unknown = ids.filter((id) => !checks.some((check) => check.id === id));
  if (unknown.length > 0) {
    throw new ToolkitError(
      'UnknownCheck',
      `${where} must name checks that this version knows, got: ${unknown.join(', ')}\n` +
        'Verify with the version that wrote the config, or emit the config again',
    );
  }
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
