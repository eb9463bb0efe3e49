import type { Answer } from '../../aws/answer';
import { isCertainlyNotWritten } from './not-written';

/** A write of this run: what it may have left in the bucket. */
export interface Write {
  readonly bucket: string;
  readonly key: string;
  /** The version that S3 says it made; missing where the bucket keeps no versions, or the outcome is not known. */
  readonly versionId: string | undefined;
  /** Whether S3 confirmed it; a write without an answer may still have happened. */
  readonly isConfirmed: boolean;
}

export interface NotedUpload {
  readonly bucket: string;
  readonly key: string;
  /** Missing where the answer to its beginning never came. */
  readonly uploadId: string | undefined;
}

interface NotedInput {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Delete?: { readonly Objects: readonly { readonly Key?: string | undefined }[] | undefined } | undefined;
}

type NoteAnswer = (answer: Answer<unknown>) => void;

/** The writes of this run. Cleaning up falls back on them where it may not list. */
export interface Journal {
  /** Notes a call before it is sent, and answers with what takes note of its answer. */
  readonly open: (name: string, input: NotedInput) => NoteAnswer;
  readonly writes: () => readonly Write[];
  readonly uploads: () => readonly NotedUpload[];
}

/** Operations that make a version or a delete marker of one key. */
const WRITES: ReadonlySet<string> = new Set(['completeMultipartUpload', 'copyObject', 'deleteObject', 'putObject']);

export function createJournal(): Journal {
  const writes = new Set<Write>();
  const uploads = new Set<NotedUpload>();
  const openWrite = (bucket: string, key: string): NoteAnswer => {
    const pending: Write = { bucket, key, versionId: undefined, isConfirmed: false };
    writes.add(pending);
    return (answer) => {
      if (answer.ok || isCertainlyNotWritten(answer)) writes.delete(pending);
      if (answer.ok) writes.add({ bucket, key, versionId: versionOf(answer.value), isConfirmed: true });
    };
  };
  const openUpload = (bucket: string, key: string): NoteAnswer => {
    const pending: NotedUpload = { bucket, key, uploadId: undefined };
    uploads.add(pending);
    return (answer) => {
      if (answer.ok || isCertainlyNotWritten(answer)) uploads.delete(pending);
      if (answer.ok) uploads.add({ bucket, key, uploadId: (answer.value as { UploadId?: string }).UploadId });
    };
  };
  const openBatch = (bucket: string, keys: readonly string[]): NoteAnswer => {
    const notes = keys.map((key) => ({ key, note: openWrite(bucket, key) }));
    return (answer) => {
      for (const { key, note } of notes) note(answer.ok ? { ...answer, value: markerOf(answer.value, key) } : answer);
    };
  };
  return {
    open: (name, { Bucket = '', Key, VersionId, Delete }) => {
      if (name === 'deleteObjects')
        return openBatch(
          Bucket,
          (Delete?.Objects ?? []).flatMap((one) => one.Key ?? []),
        );
      // A delete that names a version makes nothing.
      if (Key === undefined || VersionId !== undefined) return () => undefined;
      if (name === 'createMultipartUpload') return openUpload(Bucket, Key);
      return WRITES.has(name) ? openWrite(Bucket, Key) : () => undefined;
    },
    writes: () => [...writes],
    uploads: () => [...uploads],
  };
}

function versionOf(value: unknown): string | undefined {
  return (value as { VersionId?: string }).VersionId;
}

interface BatchResult {
  readonly Deleted?: readonly { readonly Key?: string; readonly DeleteMarkerVersionId?: string }[];
}

/** The delete marker that a batch made of one key, in the form of a single delete's answer. */
function markerOf(value: unknown, key: string): { readonly VersionId?: string } {
  const entry = (value as BatchResult).Deleted?.find((one) => one.Key === key);
  return entry?.DeleteMarkerVersionId === undefined ? {} : { VersionId: entry.DeleteMarkerVersionId };
}
