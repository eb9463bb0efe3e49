import type { Arguments } from '../stack/arguments';
import { type ActShape, actsOf, type LifecycleAct } from './lifecycle-acts';
import type { Comparison, Difference } from './loss';

interface LifecycleKind extends ActShape {
  readonly what: string;
  /** Objects that it is about, and what becomes of them. */
  readonly says: (when: Wording) => string;
}

/** Texts of one act: how old, how long until now, and of which objects. */
interface Wording {
  readonly age: string;
  readonly untilNow: string;
  readonly of: string;
  readonly to: string;
}

/**
 * The acts of a lifecycle on objects, one line each.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html
 */
const KINDS: readonly LifecycleKind[] = [
  {
    what: 'noncurrent-versions',
    block: 'noncurrent_version_expiration',
    days: 'noncurrent_days',
    says: ({ age, untilNow, of }) =>
      `versions${of} older than ${age}, kept ${untilNow} until now, are deleted within a day`,
  },
  {
    what: 'current-objects',
    block: 'expiration',
    days: 'days',
    says: ({ age, untilNow, of }) =>
      `current objects${of} older than ${age}, kept ${untilNow} until now, are deleted, and later backups point at them`,
  },
  {
    what: 'current-objects-moved',
    block: 'transition',
    days: 'days',
    says: ({ age, untilNow, of, to }) =>
      `current objects${of} older than ${age}, left where they are ${untilNow} until now, are moved to ${to}`,
  },
  {
    what: 'noncurrent-versions-moved',
    block: 'noncurrent_version_transition',
    days: 'noncurrent_days',
    says: ({ age, untilNow, of, to }) =>
      `versions${of} older than ${age}, left where they are ${untilNow} until now, are moved to ${to}`,
  },
  {
    what: 'unfinished-uploads',
    block: 'abort_incomplete_multipart_upload',
    days: 'days_after_initiation',
    says: ({ age, untilNow, of }) =>
      `uploads${of} that are not complete after ${age}, kept ${untilNow} until now, are aborted; no complete object is lost`,
  },
];

export const LIFECYCLE_LOSSES: readonly Comparison[] = KINDS.map((kind) => ({
  what: kind.what,
  find: (before, after) => differencesOf(kind, before, after),
}));

/** Acts of today that no act of before did to the same objects as early. */
function differencesOf(kind: LifecycleKind, before: Arguments, after: Arguments): readonly Difference[] {
  if (JSON.stringify(before.rule) === JSON.stringify(after.rule)) return [];
  const [were, are] = [actsOf(before, kind), actsOf(after, kind)];
  if (were === 'unknown' || are === 'unknown') {
    const textOf = (acts: typeof were) => (acts === 'unknown' ? '(unknown)' : `${acts.length} rules`);
    const detail = `what the rules do (${kind.block}) is not known`;
    return [{ path: 'rule', was: textOf(were), is: textOf(are), detail, isCertain: false }];
  }
  return are.flatMap((act) => {
    const same = were.filter((one) => covers(one, act));
    if (same.some((one) => isAsHarsh(one, act))) return [];
    const was = describe(same);
    const untilNow = same.length === 0 ? 'for good' : was;
    const { prefix, others } = act.filter;
    const of = `${prefix && ` below '${prefix}'`}${others && ' with the tags or sizes of the rule'}`;
    const to = act.storageClass ?? 'another storage class';
    const detail = kind.says({ age: describe([act]), untilNow, of, to });
    return [{ path: act.path, was, is: describe([act]), detail, isCertain: true }];
  });
}

/** Whether an act is about every object that the other is about, and moves it to the same place. */
function covers(one: LifecycleAct, other: LifecycleAct): boolean {
  return (
    other.filter.prefix.startsWith(one.filter.prefix) &&
    (one.filter.others === '' || one.filter.others === other.filter.others) &&
    one.storageClass === other.storageClass
  );
}

/** A version that is among the newest stays whatever its days, so a rule that leaves more of them is milder. */
function isAsHarsh(one: LifecycleAct, other: LifecycleAct): boolean {
  if (one.newerVersions > other.newerVersions) return false;
  if (one.date !== undefined || other.date !== undefined)
    return one.date !== undefined && other.date !== undefined && one.date <= other.date;
  return (one.days ?? 0) <= (other.days ?? 0);
}

function describe(acts: readonly LifecycleAct[]): string {
  if (acts.length === 0) return '(no such rule)';
  const texts = acts.map(({ days = 0, date, newerVersions }) => {
    const age = date === undefined ? `${days} ${days === 1 ? 'day' : 'days'}` : `the day ${date}`;
    return newerVersions === 0 ? age : `${age} (the newest ${newerVersions} stay)`;
  });
  return [...new Set(texts)].join(' or ');
}
