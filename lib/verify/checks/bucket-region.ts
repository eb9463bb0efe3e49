import type { PositiveCheck } from '../check-kit/check';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const bucketRegion: PositiveCheck = {
  id: 'bucket-region',
  title: 'Bucket is in the region of the config',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:GetBucketLocation'],
  isRetried: true,
  does: 'Reads the location of the bucket.',
  harmless: 'GetBucketLocation only reads.',
  passes: 'The region that the config names.',
  lookAt: 'Whether the bucket name belongs to this environment, and the region of its file.',
  run: async ({ s3, config }) => {
    const answer = await s3.getBucketLocation({ Bucket: config.form.bucketName });
    if (!answer.ok) return refused('GetBucketLocation', answer);
    const region = regionOf(answer.value.LocationConstraint);
    const seen = [observe('GetBucketLocation', answer, region)];
    if (region === config.aws.region) return passed(seen, `The bucket is in ${region}.`);
    return failed(seen, `The bucket is in ${region}, and not in ${config.aws.region}.`);
  },
};

/** Two regions have names of their own here. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
function regionOf(locationConstraint: string | undefined): string {
  if (locationConstraint === undefined || locationConstraint === '') return 'us-east-1';
  return locationConstraint === 'EU' ? 'eu-west-1' : locationConstraint;
}
