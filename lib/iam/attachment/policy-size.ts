/** Where a policy document is put. */
export type Attachment =
  | 'managed'
  | 'inline-of-role'
  | 'inline-of-user'
  | 'inline-of-group'
  | 'trust'
  | 'bucket'
  | 'key';

/** The most that AWS takes: IAM counts characters without white space, S3 and KMS count bytes. */
export const MOST_OF_POLICY = {
  managed: { most: 6144, unit: 'characters' },
  /** All inline policies of the role together. */
  'inline-of-role': { most: 10_240, unit: 'characters' },
  'inline-of-user': { most: 2048, unit: 'characters' },
  'inline-of-group': { most: 5120, unit: 'characters' },
  trust: { most: 2048, unit: 'characters' },
  bucket: { most: 20_480, unit: 'bytes' },
  key: { most: 32_768, unit: 'bytes' },
} as const satisfies Readonly<Record<Attachment, { readonly most: number; readonly unit: 'characters' | 'bytes' }>>;

/**
 * The size of a policy document as AWS counts it where it is put.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
export function sizeOfPolicy(text: string, attachment: Attachment): number {
  return MOST_OF_POLICY[attachment].unit === 'bytes'
    ? new TextEncoder().encode(text).length
    : text.replace(/\s/g, '').length;
}
