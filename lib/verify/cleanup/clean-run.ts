import type { Refused } from '../../aws/answer';
import { splitLocked } from '../check-kit/object-lock';
import type { GuardedS3 } from '../guard/guard';
import type { Journal, Write } from '../guard/journal';
import type { OwnScope } from '../guard/run-scope';
import type { DefaultRetention, LockedVersions } from '../result/locked-versions';
import type { Leftover } from '../result/verification';
import { isRefused, listUploads, listVersions, type Remains } from './list-remains';
import { removalOf } from './removal';
import { idOf, type Reason, removeAll, textOf } from './remove-remains';

/** A write that was under way when the run was stopped can still land after the first sweep. */
const SWEEPS = 2;

/** The tools for removing; the calls are guarded, and do not stop with the run. */
export interface CleanupOptions {
  readonly s3: GuardedS3;
  readonly scope: OwnScope;
  /** Region of the bucket, for the commands that an operator is given. */
  readonly region: string;
  readonly journal: Journal;
  readonly now: () => Date;
  /** Default retention of the bucket, where it has one. */
  readonly lock?: DefaultRetention;
}

/** The leftovers of a run. */
export interface Cleaned {
  readonly leftovers: readonly Leftover[];
  readonly locked?: LockedVersions;
}

/** Removes everything below the prefix of this run, and answers with what could not be removed. */
export async function cleanUp(options: CleanupOptions): Promise<Cleaned> {
  const { s3, scope } = options;
  const [uploads, versions] = await Promise.all([
    sweep(options, { list: () => listUploads(s3, scope), noted: (refusal) => notedUploads(options, refusal) }),
    sweepVersions(options),
  ]);
  const { leftovers, ...cleaned } = sortOut([...versions, ...uploads], options);
  return { leftovers: [...leftovers, ...straysOf(options)], ...cleaned };
}

function isOwn({ bucket, key }: { readonly bucket: string; readonly key: string }, scope: OwnScope): boolean {
  return bucket === scope.bucket && scope.owns(key);
}

/** Objects written beside the own prefix, or into another bucket, although it had to be refused: nothing is deleted there. */
function straysOf({ journal, scope, region, now, lock }: CleanupOptions): readonly Leftover[] {
  const strays = journal.writes().filter((one) => one.isConfirmed && !isOwn(one, scope));
  return strays.map(({ bucket, key, versionId }) => {
    const stray = {
      kind: versionId === undefined ? 'object' : 'version',
      key,
      ...(versionId && { versionId }),
    } as const;
    const isElsewhere = bucket !== scope.bucket;
    const place = { scope: { ...scope, bucket }, region, now, ...(lock && !isElsewhere && { lock }) };
    return {
      ...stray,
      ...(isElsewhere && { bucket }),
      reason: 'It was written although it had to be refused',
      ...removalOf(place, stray),
    };
  });
}

function sortOut(all: readonly Left[], options: CleanupOptions): Cleaned {
  const { locked, others } = splitLocked(all, options);
  const leftovers = others.map(({ madeAt, refusal, ...one }) => ({
    ...one,
    ...removalOf(options, { ...one, madeAt, refusal }),
  }));
  return { leftovers, ...(locked && { locked }) };
}

/** Versions that S3 named in its answers are removed without a list, so that the first list mostly shows that nothing is left. */
async function sweepVersions(options: CleanupOptions): Promise<readonly Left[]> {
  const { s3, scope, journal } = options;
  // A put beside the prefix is one that had to be refused: its check says so, and nothing is deleted there.
  const writes = () => journal.writes().filter((one) => isOwn(one, scope));
  const known = writes().flatMap(({ key, versionId }) => (versionId === undefined ? [] : { key, versionId }));
  await removeAll(options, uniqueOf(known.map((one) => ({ kind: 'version', ...one }))));
  const list = () => listVersions(s3, scope);
  return sweep(options, { list, noted: (refusal) => notedVersions(writes(), refusal) });
}

/** The last of those that are the same. */
function uniqueOf<T extends Remains>(remains: readonly T[]): readonly T[] {
  return [...new Map(remains.map((one) => [idOf(one), one])).values()];
}

interface Sweep {
  readonly list: () => ReturnType<typeof listVersions>;
  /** The writes in the journal, for a caller who may not list. */
  readonly noted: (refusal: Refused) => readonly NotedRemains[];
}

interface NotedRemains extends Remains {
  /** Why a successful removal does not prove that it is gone. */
  readonly doubt?: string;
}

interface Left extends Remains {
  readonly reason: string;
  readonly refusal?: Reason | undefined;
}

async function sweep(options: CleanupOptions, { list, noted }: Sweep): Promise<readonly Left[]> {
  let reasons: ReadonlyMap<string, Reason> = new Map();
  for (let count = 0; ; count += 1) {
    const remains = await list();
    if (isRefused(remains)) return removeNoted(options, noted(remains));
    if (remains.length === 0 || count === SWEEPS) return remains.map((one) => leftOf(one, reasons.get(idOf(one))));
    reasons = await removeAll(options, remains);
  }
}

function leftOf(one: Remains, refusal: Reason | undefined): Left {
  return { ...one, reason: textOf(refusal), refusal };
}

async function removeNoted(options: CleanupOptions, all: readonly NotedRemains[]): Promise<readonly Left[]> {
  // A doubt is kept about a key that was written twice.
  const byDoubt = all.toSorted((one, other) => Number(one.doubt !== undefined) - Number(other.doubt !== undefined));
  const noted = uniqueOf(byDoubt);
  const removable = noted.filter((one) => one.kind !== 'upload' || one.uploadId !== undefined);
  const reasons = await removeAll(options, removable);
  return noted.flatMap(({ doubt, ...one }) => {
    const refusal = reasons.get(idOf(one));
    if (refusal !== undefined) return [leftOf(one, refusal)];
    return doubt === undefined ? [] : [{ ...one, reason: doubt }];
  });
}

function notedVersions(writes: readonly Write[], refusal: Refused): readonly NotedRemains[] {
  return writes.map(({ key, versionId, isConfirmed }) => ({
    kind: versionId === undefined ? 'object' : 'version',
    key,
    ...(versionId !== undefined && { versionId }),
    ...(!isConfirmed && {
      doubt: `Writing it was not answered, and versions could not be listed (${refusal.code})`,
    }),
  }));
}

function notedUploads({ journal, scope }: CleanupOptions, refusal: Refused): readonly NotedRemains[] {
  return journal
    .uploads()
    .filter((one) => isOwn(one, scope))
    .map(({ key, uploadId }) => ({
      kind: 'upload',
      key,
      ...(uploadId === undefined
        ? { doubt: `Beginning it was not answered, and uploads could not be listed (${refusal.code})` }
        : { uploadId }),
    }));
}
