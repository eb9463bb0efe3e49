import { configurationWrite } from '../check-kit/configuration-write';

export const changePublicAccessBlock = configurationWrite({
  id: 'change-public-access-block',
  title: 'The public access block cannot be opened',
  controls: ['S3.8', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 SC-7'],
  operation: 'putPublicAccessBlock',
  call: 'PutPublicAccessBlock',
  action: 's3:PutBucketPublicAccessBlock',
});
