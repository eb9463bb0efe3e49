import type { Refused } from '../../aws/answer';
import { readDenial } from '../diagnosis/denial-message';
import { type DefaultRetention, type LockedVersions, namesObjectLock } from '../result/locked-versions';

const DAY_MS = 86_400_000;

/**
 * Whether a refusal to delete a version is the one of Object Lock, which blames no policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function isKeptByLock({ code, message }: Pick<Refused, 'code' | 'message'>): boolean {
  const { action, policyType } = readDenial({ message });
  if (namesObjectLock({ code, message })) return true;
  return code === 'AccessDenied' && action === undefined && policyType === undefined;
}

/** A version or marker that a removal did not take away, and why. */
interface NotRemoved {
  readonly kind: string;
  /** When it was made, as S3 tells it. */
  readonly madeAt?: Date;
  readonly refusal?: Pick<Refused, 'code' | 'message'> | undefined;
}

interface Keeping {
  readonly now: () => Date;
  /** Default retention of the bucket, where it has one. */
  readonly lock?: DefaultRetention;
}

/** Tells what Object Lock keeps from what is left for any other reason. */
export function splitLocked<T extends NotRemoved>(all: readonly T[], { now, lock }: Keeping) {
  const isLocked = ({ kind, refusal }: T) => kind === 'version' && refusal !== undefined && isKeptByLock(refusal);
  const kept = lock === undefined ? [] : all.filter(isLocked);
  return {
    others: all.filter((one) => !kept.includes(one)),
    locked: lock && kept.length > 0 ? lockedVersions(kept, lock, now()) : undefined,
  };
}

/** Whether the version may still be kept: nobody can remove it before, so that no command is told. */
export function isStillKept({ kind, madeAt, refusal }: NotRemoved, { now, lock }: Keeping): boolean {
  if (kind !== 'version' && kind !== 'object') return false;
  if (refusal !== undefined && namesObjectLock(refusal)) return true;
  if (lock === undefined) return false;
  return madeAt === undefined || madeAt.getTime() + lock.retentionDays * DAY_MS > now().getTime();
}

/** The role may not read the retention of a version, which S3 counts from when it was made. */
function lockedVersions(
  versions: readonly NotRemoved[],
  { mode, retentionDays }: DefaultRetention,
  now: Date,
): LockedVersions {
  const last = Math.max(...versions.map(({ madeAt = now }) => madeAt.getTime()));
  return { versions: versions.length, mode, until: new Date(last + retentionDays * DAY_MS).toISOString() };
}
