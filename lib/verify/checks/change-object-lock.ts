import { configurationWrite } from '../check-kit/configuration-write';

export const changeObjectLock = configurationWrite({
  id: 'change-object-lock',
  title: 'The Object Lock configuration cannot be changed',
  controls: ['S3.15', 'NIST.800-53.r5 CP-6(2)'],
  operation: 'putObjectLockConfiguration',
  call: 'PutObjectLockConfiguration',
  action: 's3:PutBucketObjectLockConfiguration',
});
