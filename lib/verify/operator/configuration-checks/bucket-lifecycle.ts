import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketLifecycle: ConfigurationCheck = {
  id: 'bucket-lifecycle',
  title: 'Lifecycle rules are the audited ones, and none expires current objects',
  controls: ['S3.10', 'S3.13', 'NIST.800-53.r5 CP-6(2)', 'NIST.800-53.r5 CP-9'],
  reads: ['GetBucketLifecycleConfiguration'],
  passes: 'The audited rules with their days and no other rule.',
  lookAt:
    'Lifecycle rules, under Management: later backups point at old objects, so no rule may expire or move current ones.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.lifecycle, (settings, seen) => judgeSettings(seen, audited.settings.lifecycle, settings)),
};
