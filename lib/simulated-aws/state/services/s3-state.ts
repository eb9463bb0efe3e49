import type { XmlElement } from '../../wire/xml/xml-element';
import { type Earlier, IMMEDIATE, inForce, ObservedMap, type Propagation, supersede } from '../maps/settling-map';
import type { ObjectBody } from './object-body';
import type { PinnedPolicy } from './pinned-policy';

/** Every bucket of every account, by name. */
export interface S3State {
  readonly buckets: Map<string, Bucket>;
  readonly propagation: Propagation;
}

/** A simulation without buckets. */
export function createS3State(propagation: Propagation = IMMEDIATE): S3State {
  return { buckets: new ObservedMap(), propagation };
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

export type VersioningStatus = 'Enabled' | 'Suspended';

export interface Bucket {
  readonly name: string;
  /** The account that owns it. */
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: Date;
  /** Set when the bucket was made with Object Lock, or when a lock configuration was put on it. */
  isObjectLockEnabled: boolean;
  /** Absent until versioning was first set. */
  versioning?: VersioningStatus;
  policy?: PinnedPolicy;
  /** Bucket policies that access decisions may still see. */
  earlierPolicies?: readonly Earlier<PinnedPolicy>[];
  /** The other configuration documents, by the name of their root element. */
  readonly documents: Map<string, XmlElement>;
  /** `x-amz-transition-default-minimum-object-size` of the lifecycle configuration. */
  transitionDefaultMinimumObjectSize: string;
  tags: ReadonlyMap<string, string>;
  readonly objects: ObjectTable;
  readonly uploads: Map<string, Upload>;
  /** Its access points that belong to its own account; none can be made by a request. */
  accessPoints?: readonly AccessPoint[];
}

export interface AccessPoint {
  readonly name: string;
  /** The only VPC that it takes requests from; without one, they may come from the internet. */
  readonly vpcId?: string;
}

/** Puts a bucket policy in place of the one that is there; `undefined` takes it away. */
export function changePolicy(bucket: Bucket, policy: PinnedPolicy | undefined, propagation: Propagation): void {
  bucket.earlierPolicies = supersede(bucket.earlierPolicies ?? [], bucket.policy, propagation);
  if (policy === undefined) delete bucket.policy;
  else bucket.policy = policy;
}

/** The bucket policy that access decisions see at this moment. */
export function policyInForce(bucket: Bucket, propagation: Propagation): PinnedPolicy | undefined {
  return inForce(bucket.earlierPolicies ?? [], bucket.policy, propagation);
}

/** The versions of every key, newest first; a key without versions is not here. */
export interface ObjectTable {
  readonly versions: Map<string, Version[]>;
  /** The keys in UTF-8 byte order; absent after a key came or went, until they are next listed. */
  sortedKeys?: readonly string[];
}

export type Version = ObjectVersion | DeleteMarker;

export interface DeleteMarker {
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

export interface CompletedPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum?: string;
}

/** A multipart upload that is neither completed nor aborted. */
export interface Upload {
  readonly uploadId: string;
  readonly key: string;
  readonly initiatedAt: Date;
  readonly initiator: { readonly id: string; readonly displayName: string };
  readonly metadata: ObjectMetadata;
  readonly encryption: Encryption;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: Checksum['type'] };
  /** Whether the caller named the algorithm; S3 hides the one that it chose itself. */
  readonly isChecksumRequested: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly retention?: Retention;
  readonly legalHold?: 'ON' | 'OFF';
  readonly parts: Map<number, Part>;
}

export interface Part {
  readonly partNumber: number;
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: Date;
  /** Absent when the caller named no algorithm: the object's own checksum is made when it is complete. */
  readonly checksum?: string;
}
