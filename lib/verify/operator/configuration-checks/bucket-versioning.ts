import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketVersioning: ConfigurationCheck = {
  id: 'bucket-versioning',
  title: 'Versioning is on',
  controls: ['S3.14', 'NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-12'],
  reads: ['GetBucketVersioning'],
  passes: 'Versioning as audited: Enabled, without MFA delete.',
  lookAt: 'Bucket Versioning, under Properties: while it is suspended an overwritten backup is gone.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.versioning, (settings, seen) => judgeSettings(seen, audited.settings.versioning, settings)),
};
