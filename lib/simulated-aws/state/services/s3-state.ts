import type { XmlElement } from '../../wire/xml/xml-element';
import { type Earlier, IMMEDIATE, inForce, ObservedMap, type Propagation, supersede } from '../maps/settling-map';
import type { PinnedPolicy } from './pinned-policy';
import type { Checksum, ChecksumAlgorithm, Encryption, ObjectMetadata, ObjectTable, Retention } from './stored-object';

/** Every bucket of every account, by name. */
export interface S3State {
  readonly buckets: Map<string, Bucket>;
  readonly propagation: Propagation;
}

/** A simulation without buckets. */
export function createS3State(propagation: Propagation = IMMEDIATE): S3State {
  return { buckets: new ObservedMap(), propagation };
}

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
  /** Its own policy, of which nothing is carried out. */
  readonly policy?: string;
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
