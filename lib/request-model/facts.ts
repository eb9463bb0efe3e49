import { ToolkitError } from '../errors';

/** Facts about a request to S3, as far as access depends on them. */
export interface S3RequestFacts {
  /** AWS's name of the operation: `PutObject`, `ListObjectsV2`, … */
  readonly operation: string;
  readonly partition: string;
  /** Account of the caller; absent for an anonymous one. */
  readonly callerAccount?: string;
  /** The bucket that the request is for; absent only for `ListBuckets`. */
  readonly bucket?: BucketFacts;
  /** The access point that the request is for. */
  readonly accessPoint?: { readonly arn: string };
  /** Absent for an operation on the bucket. */
  readonly key?: string;
  /** Query parameters; `versionId` names the version that is meant. */
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; those that a presigned URL carries in its query are here as well. */
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: TransportFacts;
  /** When the request arrived; without it, keys that count time from now are absent. */
  readonly receivedAt?: Date;
  /** The object that the request is for, as it is before; needed where stored objects are read. */
  readonly object?: ObjectState;
  /** Where `x-amz-copy-source` points; its key and version are read from the header. */
  readonly source?: { readonly bucket: BucketFacts; readonly object?: ObjectState };
  /** The objects that `DeleteObjects` names in its body. */
  readonly objects?: readonly BatchEntry[];
  /** The multipart upload that `uploadId` names. */
  readonly upload?: { readonly encryption: StoredEncryption };
  /** Facts from the body, for operations whose body is a document that conditions may ask about. */
  readonly document?: DocumentFacts;
  /** Key ARNs by the alias names and alias ARNs that stand for them. */
  readonly keyAliases?: Readonly<Record<string, string>>;
}

export interface BucketFacts {
  readonly name: string;
  /** Account that owns it. */
  readonly account: string;
  readonly region: string;
  readonly defaultEncryption: DefaultEncryption;
}

/** The rule of `PutBucketEncryption`. */
export interface DefaultEncryption {
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  readonly algorithm: string;
  /** Key id, key ARN, alias name or alias ARN; the AWS managed key when it is left out. */
  readonly kmsKey?: string;
  readonly isBucketKeyEnabled: boolean;
}

export interface TransportFacts {
  readonly isSecure: boolean;
  /** `1.2`, `1.3`; absent without TLS. */
  readonly tlsVersion?: string;
  /** How the request is signed; absent when it is not. */
  readonly authType?: 'REST-HEADER' | 'REST-QUERY-STRING';
}

export interface ObjectFacts {
  readonly encryption: StoredEncryption;
  readonly tags?: Readonly<Record<string, string>>;
  readonly hasRetention?: boolean;
  readonly hasLegalHold?: boolean;
  /** Whether what the request does would break a governance retention that is still running. */
  readonly isUnderGovernance?: boolean;
}

export type ObjectState = ObjectFacts | 'missing';

export type StoredEncryption =
  | { readonly kind: 'AES256' | 'SSE-C' }
  | {
      readonly kind: 'aws:kms' | 'aws:kms:dsse';
      readonly keyArn: string;
      readonly isBucketKeyEnabled: boolean;
      /** The caller's addition to the encryption context when the object was made. */
      readonly callerContext?: Readonly<Record<string, string>>;
    };

export interface BatchEntry {
  readonly key: string;
  readonly versionId?: string;
  /** The ETag that the object must still have. */
  readonly etag?: string;
  readonly object?: ObjectState;
}

export interface DocumentFacts {
  readonly tags?: Readonly<Record<string, string>>;
  readonly retentionMode?: string;
  readonly retainUntil?: string;
  readonly legalHold?: string;
  readonly locationConstraint?: string;
  readonly replicationRole?: PassedRole;
}

/** A role that a service is to take. */
export interface PassedRole {
  readonly arn: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A fact without which the questions cannot be known. */
export function missingFact(operation: string, fact: keyof S3RequestFacts, why: string): ToolkitError {
  return new ToolkitError('MissingFact', `'${operation}' ${why}, got: none\nAdd '${fact}' to the request's facts`);
}

/** @throws {ToolkitError} `MissingFact` */
export function requireBucket({ operation, bucket }: S3RequestFacts): BucketFacts {
  if (bucket === undefined) throw missingFact(operation, 'bucket', 'is for a bucket');
  return bucket;
}

/** @throws {ToolkitError} `MissingFact` */
export function requireKey({ operation, key }: S3RequestFacts): string {
  if (key === undefined) throw missingFact(operation, 'key', 'is for an object');
  return key;
}
