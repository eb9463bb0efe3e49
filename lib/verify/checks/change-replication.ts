import { configurationWrite } from '../check-kit/configuration-write';

/**
 * S3's one operation that passes a role on, so that iam:PassRole is of no use to the role without it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const changeReplication = configurationWrite({
  id: 'change-replication',
  title: 'Replication to elsewhere cannot be set up',
  controls: ['S3.7', 'NIST.800-53.r5 AC-4'],
  operation: 'putBucketReplication',
  call: 'PutBucketReplication',
  action: 's3:PutReplicationConfiguration',
});
