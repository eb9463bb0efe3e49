import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const bucketWebsite: ConfigurationCheck = {
  id: 'bucket-website',
  title: 'The bucket is not a website',
  controls: ['S3.5', 'NIST.800-53.r5 AC-4'],
  reads: ['GetBucketWebsite'],
  passes: 'No website configuration: its endpoint speaks plain HTTP.',
  lookAt: 'Static website hosting, under Properties.',
  judge: ({ live }) =>
    whenRead(live.bucket.isWebsite, (isWebsite, seen) =>
      isWebsite ? failed(seen, 'The bucket is configured as a website.') : passed(seen, 'It is none.'),
    ),
};
