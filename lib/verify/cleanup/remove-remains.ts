import type { Refused } from '../../aws/answer';
import { mapLimited } from '../check-kit/map-limited';
import type { GuardedS3 } from '../guard/guard';
import type { OwnScope } from '../guard/run-scope';
import type { Remains } from './list-remains';

const CONCURRENCY = 8;
/** Keys that S3 takes in one request. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const BATCH_SIZE = 1000;

interface Removing {
  readonly s3: GuardedS3;
  readonly scope: OwnScope;
}

/** Tells one of the remains from the others. */
export function idOf({ kind, key, versionId, uploadId }: Remains): string {
  return JSON.stringify([kind, key, versionId, uploadId]);
}

/** Why one of the remains could not be removed. */
export type Reason = Pick<Refused, 'code' | 'message'>;

/** Removes all of them, and answers with the reason for each that it could not remove. */
export async function removeAll(removing: Removing, remains: readonly Remains[]): Promise<ReadonlyMap<string, Reason>> {
  const versions = remains.filter((one) => one.versionId !== undefined);
  const refusedVersions = await removeVersions(removing, versions);
  const single = remains.filter((one) => one.versionId === undefined);
  // The `null` version of a bucket without versioning goes away with a plain delete, which needs less.
  const unversioned = versions.filter((one) => one.versionId === 'null' && refusedVersions.has(idOf(one)));
  const refused = await mapLimited([...single, ...unversioned], CONCURRENCY, (one) => removeOne(removing, one));
  const reasons = new Map(refusedVersions);
  for (const one of unversioned) reasons.delete(idOf(one));
  for (const [id, reason] of refused.flat()) reasons.set(id, reason);
  return reasons;
}

async function removeVersions({ s3, scope }: Removing, versions: readonly Remains[]): Promise<Map<string, Reason>> {
  const reasons = new Map<string, Reason>();
  for (let start = 0; start < versions.length; start += BATCH_SIZE) {
    const batch = versions.slice(start, start + BATCH_SIZE);
    const Objects = batch.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
    const answer = await s3.deleteObjects({ Bucket: scope.bucket, Delete: { Objects, Quiet: true } });
    for (const one of batch) {
      const reason = answer.ok ? reasonFor(one, answer.value.Errors ?? []) : answer;
      if (reason !== undefined) reasons.set(idOf(one), reason);
    }
  }
  return reasons;
}

interface BatchError {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

function reasonFor({ key, versionId }: Remains, errors: readonly BatchError[]): Reason | undefined {
  const error = errors.find((one) => one.Key === key && (one.VersionId ?? versionId) === versionId);
  return error && { code: `${error.Code}`, message: `${error.Message}` };
}

async function removeOne({ s3, scope }: Removing, one: Remains): Promise<readonly (readonly [string, Reason])[]> {
  const target = { Bucket: scope.bucket, Key: one.key };
  const answer =
    one.uploadId === undefined
      ? await s3.deleteObject(target)
      : await s3.abortMultipartUpload({ ...target, UploadId: one.uploadId });
  return answer.ok || answer.code === 'NoSuchUpload' ? [] : [[idOf(one), answer]];
}

/** The reason as text; of one that was removed without a refusal, that it is still there. */
export function textOf(reason: Reason | undefined): string {
  return reason === undefined ? 'It is still listed after it was removed' : `${reason.code}: ${reason.message}`;
}
