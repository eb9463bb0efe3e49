import type { Answer } from '../aws/answer';
import type { S3Calls } from '../aws/s3-calls';

/** One write of this run: what it may have left in the bucket. */
export interface Write {
  readonly key: string;
  /** The version that S3 says it made; missing where the bucket keeps no versions, or the outcome is not known. */
  readonly versionId: string | undefined;
  /** Whether S3 confirmed it; a write without an answer may still have happened. */
  readonly isConfirmed: boolean;
}

export interface NotedUpload {
  readonly key: string;
  readonly uploadId: string;
}

interface NotedInput {
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
}

/** What this run wrote. Cleaning up falls back on it where it may not list. */
export interface Journal {
  /** Notes a call before it is sent, and answers with what takes note of its answer. */
  readonly open: (name: keyof S3Calls, input: NotedInput) => (answer: Answer<unknown>) => void;
  readonly writes: () => readonly Write[];
  readonly uploads: () => readonly NotedUpload[];
}

const WRITES: ReadonlySet<keyof S3Calls> = new Set(['completeMultipartUpload', 'deleteObject', 'putObject']);

export function createJournal(): Journal {
  const writes = new Set<Write>();
  const uploads = new Map<string, string>();
  const openWrite = (key: string) => {
    const pending: Write = { key, versionId: undefined, isConfirmed: false };
    writes.add(pending);
    return (answer: Answer<unknown>) => {
      if (answer.ok || isCertainlyRefused(answer.status)) writes.delete(pending);
      if (answer.ok) writes.add({ key, versionId: versionOf(answer.value), isConfirmed: true });
    };
  };
  return {
    open: (name, { Key, UploadId }) => {
      if (Key === undefined) return () => undefined;
      if (UploadId !== undefined) uploads.set(UploadId, Key);
      return WRITES.has(name) ? openWrite(Key) : () => undefined;
    },
    writes: () => [...writes],
    uploads: () => [...uploads].map(([uploadId, key]) => ({ key, uploadId })),
  };
}

/** After a fault of the service or the network, nobody knows whether the write happened. */
function isCertainlyRefused(status: number | undefined): boolean {
  return status !== undefined && status < 500;
}

function versionOf(value: unknown): string | undefined {
  return (value as { VersionId?: string }).VersionId;
}
