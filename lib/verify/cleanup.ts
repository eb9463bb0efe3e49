import type { Answer, Refused } from '../aws/answer';
import type { S3Calls } from '../aws/s3-calls';
import type { Journal } from './journal';
import { mapLimited } from './limited';
import { isRefused, listUploads, listVersions, type Remains } from './remains';
import type { RunScope } from './run-scope';
import type { Leftover } from './verification';

const CONCURRENCY = 4;
/** A write that was under way when the run was stopped can still land after the first sweep. */
const SWEEPS = 2;

/** What removing needs; the calls are guarded, and do not stop with the run. */
export interface CleanupOptions {
  readonly s3: S3Calls;
  readonly scope: RunScope;
  readonly journal: Journal;
}

/** Removes everything below the prefix of this run, and answers with what could not be removed. */
export async function cleanUp(options: CleanupOptions): Promise<readonly Leftover[]> {
  const { s3, scope } = options;
  const [uploads, versions] = await Promise.all([
    sweep(options, { list: () => listUploads(s3, scope), noted: notedUploads }),
    sweep(options, { list: () => listVersions(s3, scope), noted: notedVersions }),
  ]);
  return [...versions, ...uploads];
}

interface Sweep {
  readonly list: () => ReturnType<typeof listVersions>;
  /** What the journal knows of, for a caller who may not list. */
  readonly noted: (journal: Journal, refusal: Refused) => readonly NotedRemains[];
}

interface NotedRemains extends Remains {
  /** Why a successful removal does not prove that it is gone. */
  readonly doubt?: string;
}

async function sweep(options: CleanupOptions, { list, noted }: Sweep): Promise<readonly Leftover[]> {
  const reasons = new Map<string, string>();
  for (let count = 0; ; count += 1) {
    const remains = await list();
    if (isRefused(remains)) return removeNoted(options, noted(options.journal, remains));
    if (remains.length === 0 || count === SWEEPS)
      return remains.map((one) => ({ ...one, reason: reasonOf(one, reasons) }));
    const answers = await mapLimited(remains, CONCURRENCY, (one) => remove(options, one));
    for (const [index, one] of remains.entries()) noteReason(one, answers[index], reasons);
  }
}

function noteReason(one: Remains, answer: Answer<unknown> | undefined, reasons: Map<string, string>): void {
  if (answer !== undefined && !answer.ok) reasons.set(idOf(one), `${answer.code}: ${answer.message}`);
}

function reasonOf(one: Remains, reasons: ReadonlyMap<string, string>): string {
  return reasons.get(idOf(one)) ?? 'It is still listed after it was removed';
}

function idOf({ kind, key, versionId, uploadId }: Remains): string {
  return JSON.stringify([kind, key, versionId, uploadId]);
}

async function remove({ s3, scope }: CleanupOptions, { key, versionId, uploadId }: Remains): Promise<Answer<unknown>> {
  const target = { Bucket: scope.bucket, Key: key };
  if (uploadId !== undefined) return s3.abortMultipartUpload({ ...target, UploadId: uploadId });
  if (versionId === undefined) return s3.deleteObject(target);
  const answer = await s3.deleteObject({ ...target, VersionId: versionId });
  // The `null` version of a bucket without versioning goes away with a plain delete, which needs less.
  return !answer.ok && versionId === 'null' ? s3.deleteObject(target) : answer;
}

async function removeNoted(options: CleanupOptions, noted: readonly NotedRemains[]): Promise<readonly Leftover[]> {
  const leftovers = await mapLimited(noted, CONCURRENCY, async ({ doubt, ...one }) => {
    const answer = await remove(options, one);
    const isGone = answer.ok || answer.code === 'NoSuchUpload';
    const reason = isGone ? doubt : `${answer.ok ? '' : answer.code}: ${answer.ok ? '' : answer.message}`;
    return reason === undefined ? [] : [{ ...one, reason }];
  });
  return leftovers.flat();
}

function notedVersions(journal: Journal, refusal: Refused): readonly NotedRemains[] {
  return journal.writes().map(({ key, versionId, isConfirmed }) => ({
    kind: versionId === undefined ? 'object' : 'version',
    key,
    ...(versionId !== undefined && { versionId }),
    ...(!isConfirmed && {
      doubt: `Writing it was not answered, and versions could not be listed (${refusal.code})`,
    }),
  }));
}

function notedUploads(journal: Journal): readonly NotedRemains[] {
  return journal.uploads().map(({ key, uploadId }) => ({ kind: 'upload', key, uploadId }));
}
