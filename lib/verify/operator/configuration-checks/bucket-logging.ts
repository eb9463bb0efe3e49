import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketLogging: ConfigurationCheck = {
  id: 'bucket-logging',
  title: 'Access logs go where was audited',
  controls: ['S3.9', 'NIST.800-53.r5 AU-2', 'NIST.800-53.r5 AU-12'],
  reads: ['GetBucketLogging'],
  passes: 'The audited target bucket and prefix, or no logging where none was audited.',
  lookAt: 'Server access logging, under Properties: logs name every key of the bucket.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.logging, (settings, seen) => judgeSettings(seen, audited.settings.logging, settings)),
};
