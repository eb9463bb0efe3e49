import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketEncryption: ConfigurationCheck = {
  id: 'bucket-encryption',
  title: 'Default encryption is the audited one',
  controls: ['S3.17', 'NIST.800-53.r5 SC-13', 'NIST.800-53.r5 SC-28'],
  reads: ['GetBucketEncryption'],
  passes: 'Algorithm, key and bucket key as audited.',
  lookAt: 'Default encryption of the bucket, and the method chosen in Vault’s form.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.encryption, (settings, seen) => judgeSettings(seen, audited.settings.encryption, settings)),
};
