import { configurationWrite } from '../check-kit/configuration-write';

export const changeVersioning = configurationWrite({
  id: 'change-versioning',
  title: 'Versioning cannot be suspended',
  controls: ['S3.14', 'NIST.800-53.r5 CP-9'],
  operation: 'putBucketVersioning',
  call: 'PutBucketVersioning',
  action: 's3:PutBucketVersioning',
});
