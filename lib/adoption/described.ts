/** An object as it is stored, without what is in it. */
export interface DescribedObject {
  readonly key: string;
  /** As S3 calls it: `AES256`, `aws:kms`, `SSE-C`. */
  readonly method: string;
  readonly keyArn?: string;
  readonly bucketKey: boolean;
}

/** The bucket of today, as far as it could be read: what a rehearsal builds before it deploys over it. */
export interface DescribedBucket {
  readonly policy?: string;
  /** As in `Enabled`; missing where it was never set. */
  readonly versioning?: string;
  readonly objectOwnership?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Lifecycle rules as Terraform's arguments say them. */
  readonly lifecycleRules: readonly Readonly<Record<string, unknown>>[];
  /** A sample. */
  readonly objects: readonly DescribedObject[];
}
