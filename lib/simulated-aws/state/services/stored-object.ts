/** Bytes from `start` up to, but not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The bytes of an object; those of a multipart upload are kept as they came, part by part. */
export type ObjectBody = Buffer | readonly Buffer[];

/** The versions of every key, newest first; a key without versions is not here. */
export interface ObjectTable {
  readonly versions: Map<string, Version[]>;
  /** The keys in UTF-8 byte order; absent after a key came or went, until they are next listed. */
  sortedKeys?: readonly string[];
}

export type Version = ObjectVersion | DeleteMarker;

interface DeleteMarker {
  readonly kind: 'delete-marker';
  /** `null` when it was made while versioning was suspended. */
  readonly versionId: string;
  readonly lastModified: Date;
}

export interface ObjectVersion {
  readonly kind: 'object';
  /** `null` when versioning was not enabled. */
  readonly versionId: string;
  readonly lastModified: Date;
  readonly body: ObjectBody;
  /** Without the quotation marks. */
  readonly etag: string;
  readonly metadata: ObjectMetadata;
  readonly encryption: Encryption;
  readonly checksum?: Checksum;
  /** The parts of a multipart upload, in order. */
  readonly parts?: readonly CompletedPart[];
  tags: ReadonlyMap<string, string>;
  retention?: Retention;
  legalHold?: 'ON' | 'OFF';
}

/** The properties of an object that an upload sends besides its bytes. */
export interface ObjectMetadata {
  /** `content-type`, `cache-control`, … as they were sent, lower-case names. */
  readonly system: Readonly<Record<string, string>>;
  /** `x-amz-meta-*` without the prefix. */
  readonly user: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly websiteRedirectLocation?: string;
}

export type Encryption =
  | { readonly kind: 'AES256' }
  | {
      /** `aws:kms:dsse` never has a bucket key. */
      readonly kind: 'aws:kms' | 'aws:kms:dsse';
      readonly keyArn: string;
      readonly isBucketKeyEnabled: boolean;
      /** The caller's addition to the encryption context. */
      readonly callerContext: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'SSE-C'; readonly keyMd5: string };

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  /** Base64; a composite one ends with `-` and the number of parts. */
  readonly value: string;
}

export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly retainUntil: Date;
}

interface CompletedPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum?: string;
}

export type ChecksumAlgorithm =
  | 'CRC32'
  | 'CRC32C'
  | 'CRC64NVME'
  | 'MD5'
  | 'SHA1'
  | 'SHA256'
  | 'SHA512'
  | 'XXHASH3'
  | 'XXHASH64'
  | 'XXHASH128';
