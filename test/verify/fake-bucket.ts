import type { Answer, Refused } from '../../lib/aws/answer';

export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  /** Absent for a delete marker. */
  readonly body?: Buffer;
  readonly madeAt?: Date;
}

export interface StoredUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly parts: Map<number, Buffer>;
  readonly madeAt?: Date;
}

/** Parameters that a call takes. */
export interface Input {
  readonly Key?: string;
  readonly Prefix?: string;
  readonly VersionId?: string;
  readonly UploadId?: string;
  readonly PartNumber?: number;
  readonly Body?: Uint8Array;
  readonly Range?: string;
  readonly CopySource?: string;
  readonly CopySourceIfMatch?: string;
  readonly Delete?: { readonly Objects: readonly { readonly Key: string; readonly VersionId?: string }[] };
}

type Operation = (input: Input & { readonly key: string }) => Answer<unknown>;

export interface FakeBucket {
  versions: readonly StoredVersion[];
  uploads: readonly StoredUpload[];
  readonly operations: Readonly<Record<string, Operation>>;
}

export const granted = (value: object = {}): Answer<unknown> => ({ ok: true, value, status: 200, requestId: 'REQ' });

export const refusal = (code: string, status = 403): Refused => ({
  ok: false,
  code,
  status,
  requestId: 'REQ',
  message: `${code}.`,
});

/** Outcome of a request that nobody answered. */
export const noAnswer = (code: string): Answer<never> => ({
  ok: false,
  code,
  status: undefined,
  requestId: undefined,
  message: `${code}.`,
});

interface FakeBucketOptions {
  /** Facts of HeadObject about an object's encryption. */
  readonly encryption: object;
  readonly isVersioned: boolean;
}

/** The same bytes: whoever sent them leaves them as they are. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A bucket in memory, as far as verification uses one. Keys that were there before are never touched by a good run. */
export function fakeBucket({ encryption, isVersioned }: FakeBucketOptions): FakeBucket {
  let lastId = 0;
  const nextId = () => `id-${++lastId}`;
  const put = (key: string, body?: Buffer) => {
    const versionId = isVersioned ? nextId() : 'null';
    if (!isVersioned) bucket.versions = bucket.versions.filter((one) => one.key !== key);
    if (isVersioned || body !== undefined)
      bucket.versions = [...bucket.versions, { key, versionId, ...(body && { body }) }];
    return isVersioned ? { VersionId: versionId } : { VersionId: undefined };
  };
  const currentOf = (key: string) => bucket.versions.filter((one) => one.key === key).at(-1);
  const uploadOf = (uploadId: string | undefined) => bucket.uploads.find((one) => one.uploadId === uploadId);
  const below = (prefix = '') => bucket.versions.filter((one) => one.key.startsWith(prefix));
  const bucket: FakeBucket = {
    versions: [],
    uploads: [],
    operations: {
      putObject: ({ key, Body = Buffer.alloc(0) }) => granted(put(key, asBuffer(Body))),
      getObject: ({ key, Range }) => {
        const body = currentOf(key)?.body;
        if (body === undefined) return refusal('NoSuchKey', 404);
        const [first = 0, last = body.length] = Range?.match(/\d+/g)?.map(Number) ?? [];
        return granted({ Body: body.subarray(first, last + 1) });
      },
      copyObject: ({ key, CopySource = '', CopySourceIfMatch }) => {
        if (CopySourceIfMatch !== undefined) return refusal('PreconditionFailed', 412);
        const source = currentOf(decodeURIComponent(CopySource).split('/').slice(1).join('/'))?.body;
        return source === undefined ? refusal('NoSuchKey', 404) : granted(put(key, source));
      },
      deleteObjects: ({ Delete }) =>
        granted({
          Deleted: (Delete?.Objects ?? []).map(({ Key, VersionId }) => {
            if (VersionId === undefined) return { Key, DeleteMarkerVersionId: put(Key).VersionId };
            bucket.versions = bucket.versions.filter((one) => one.key !== Key || one.versionId !== VersionId);
            return { Key, VersionId };
          }),
        }),
      headObject: ({ key }) => {
        const body = currentOf(key)?.body;
        return body === undefined ? refusal('NotFound', 404) : granted({ ContentLength: body.length, ...encryption });
      },
      listObjectsV2: ({ Prefix }) => granted({ Contents: below(Prefix).map(({ key }) => ({ Key: key })) }),
      deleteObject: ({ key, VersionId }) => {
        if (VersionId === undefined) return granted(put(key));
        bucket.versions = bucket.versions.filter((one) => one.key !== key || one.versionId !== VersionId);
        return granted();
      },
      listObjectVersions: ({ Prefix }) => {
        const shown = (isMarker: boolean) =>
          below(Prefix)
            .filter((one) => (one.body === undefined) === isMarker)
            .map(({ key, versionId, madeAt }) => ({ Key: key, VersionId: versionId, LastModified: madeAt }));
        return granted({ Versions: shown(false), DeleteMarkers: shown(true) });
      },
      createMultipartUpload: ({ key }) => {
        const uploadId = nextId();
        bucket.uploads = [...bucket.uploads, { key, uploadId, parts: new Map() }];
        return granted({ UploadId: uploadId });
      },
      uploadPart: ({ UploadId, PartNumber = 0, Body = Buffer.alloc(0) }) => {
        uploadOf(UploadId)?.parts.set(PartNumber, asBuffer(Body));
        return granted({ ETag: `"${PartNumber}"` });
      },
      completeMultipartUpload: ({ key, UploadId }) => {
        const parts = [...(uploadOf(UploadId)?.parts ?? [])].sort(([a], [b]) => a - b).map(([, body]) => body);
        bucket.uploads = bucket.uploads.filter((one) => one.uploadId !== UploadId);
        return granted(put(key, Buffer.concat(parts)));
      },
      abortMultipartUpload: ({ UploadId }) => {
        bucket.uploads = bucket.uploads.filter((one) => one.uploadId !== UploadId);
        return granted();
      },
      listParts: ({ UploadId }) =>
        granted({ Parts: [...(uploadOf(UploadId)?.parts.keys() ?? [])].map((PartNumber) => ({ PartNumber })) }),
      listMultipartUploads: ({ Prefix = '' }) =>
        granted({
          Uploads: bucket.uploads
            .filter((one) => one.key.startsWith(Prefix))
            .map(({ key, uploadId, madeAt }) => ({ Key: key, UploadId: uploadId, Initiated: madeAt })),
        }),
    },
  };
  return bucket;
}
