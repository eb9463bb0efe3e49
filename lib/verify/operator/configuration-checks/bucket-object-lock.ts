import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketObjectLock: ConfigurationCheck = {
  id: 'bucket-object-lock',
  title: 'Object Lock is as audited',
  controls: ['S3.15', 'NIST.800-53.r5 CP-6(2)'],
  reads: ['GetObjectLockConfiguration'],
  passes: 'Object Lock with the audited default retention, or off where it was audited off.',
  lookAt: 'Object Lock, under Properties.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.objectLock, (settings, seen) => judgeSettings(seen, audited.settings.objectLock, settings)),
};
