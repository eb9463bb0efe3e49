import type { Bucket } from '../../state/services/s3-state';
import { childText } from '../../wire/xml/xml-element';

export type PublicAccessSetting =
  | 'BlockPublicAcls'
  | 'IgnorePublicAcls'
  | 'BlockPublicPolicy'
  | 'RestrictPublicBuckets';

/** Whether that setting of the public access block is on; without a block none is. */
export function isBlocked(bucket: Bucket, setting: PublicAccessSetting): boolean {
  const block = bucket.documents.get('PublicAccessBlockConfiguration');
  return childText(block, setting)?.toLowerCase() === 'true';
}
