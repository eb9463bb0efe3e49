import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const bucketOwnership: ConfigurationCheck = {
  id: 'bucket-ownership',
  title: 'The account owns every object, and ACLs are off',
  controls: ['S3.12', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  reads: ['GetBucketOwnershipControls'],
  passes: 'Object Ownership as audited: BucketOwnerEnforced.',
  lookAt: 'Object Ownership of the bucket, under Permissions.',
  judge: ({ audited, live }) =>
    whenRead(live.bucket.ownership, (settings, seen) => judgeSettings(seen, audited.settings.ownership, settings)),
};
