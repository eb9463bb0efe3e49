/** Each call names the bucket and the account that has to own it, so that a bucket of the same name elsewhere is refused. */
export interface OwnedBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}
