import { configurationWrite } from '../check-kit/configuration-write';

export const changeEncryption = configurationWrite({
  id: 'change-encryption',
  title: 'The default encryption cannot be changed',
  controls: ['S3.17', 'NIST.800-53.r5 SC-28'],
  operation: 'putBucketEncryption',
  call: 'PutBucketEncryption',
  action: 's3:PutEncryptionConfiguration',
});
