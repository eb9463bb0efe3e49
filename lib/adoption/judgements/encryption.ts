import { MADE_UP_ID } from '../../audit/stack/computed-attributes';
import type { Settings } from '../../verify/operator/settings/settings';
import type { Wanted } from '../wanted';
import type { SettingChange } from './judgement';

/** S3 keeps each object as it was written; this is about those that are written from then on. */
export function judgeEncryption(was: Settings, { settings: { encryption: is } }: Wanted): readonly SettingChange[] {
  const [before, after] = [describeEncryption(was), describeEncryption(is)];
  if (before === after) return [];
  const wasKms = (was.SSEAlgorithm ?? '').startsWith('aws:kms');
  const isKms = (is.SSEAlgorithm ?? '').startsWith('aws:kms');
  const key = was.KMSMasterKeyID;
  if (wasKms && !isKms) {
    const keep = key?.startsWith('arn:') ? { keep: { encryption: { method: 'AWS-KMS', key } } } : {};
    return [['encryption', 'loosens', before, after, 'new objects are under keys of S3', keep.keep]];
  }
  if (wasKms && key !== is.KMSMasterKeyID)
    return [
      [
        'encryption',
        'tightens',
        before,
        after,
        'new objects are under another key; the earlier one has to stay for those of today',
      ],
    ];
  return [['encryption', wasKms ? 'same' : 'tightens', before, after, 'new objects are encrypted this way']];
}

function describeEncryption({ SSEAlgorithm = 'AES256', KMSMasterKeyID, BucketKeyEnabled = 'false' }: Settings): string {
  if (SSEAlgorithm === 'AES256') return SSEAlgorithm;
  const key = KMSMasterKeyID?.endsWith(MADE_UP_ID) ? 'a key that is made' : (KMSMasterKeyID ?? 'aws/s3');
  return `${SSEAlgorithm}, ${key}${BucketKeyEnabled === 'true' ? ', bucket key' : ''}`;
}
