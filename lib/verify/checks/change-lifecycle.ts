import { configurationWrite } from '../check-kit/configuration-write';

export const changeLifecycle = configurationWrite({
  id: 'change-lifecycle',
  title: 'The lifecycle rules cannot be changed',
  controls: ['S3.13', 'NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-12'],
  operation: 'putBucketLifecycleConfiguration',
  call: 'PutBucketLifecycleConfiguration',
  action: 's3:PutLifecycleConfiguration',
});
