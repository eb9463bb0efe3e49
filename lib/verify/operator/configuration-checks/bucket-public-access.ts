import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketPublicAccess: ConfigurationCheck = {
  id: 'bucket-public-access',
  title: 'Block Public Access is on, all four settings',
  controls: ['S3.8', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6', 'NIST.800-53.r5 SC-7'],
  reads: ['GetPublicAccessBlock'],
  passes: 'The four settings as audited.',
  lookAt: 'Block Public Access of the bucket, under Permissions.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.publicAccessBlock, (settings, seen) =>
      judgeSettings(seen, audited.settings.publicAccessBlock, settings),
    ),
};
