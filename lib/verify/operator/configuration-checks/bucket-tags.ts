import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';
import { onlyNamedIn } from '../settings/settings';

export const bucketTags: ConfigurationCheck = {
  id: 'bucket-tags',
  title: 'The bucket carries the tags of the environment',
  controls: ['NIST.800-53.r5 CM-8'],
  reads: ['GetBucketTagging'],
  passes: 'Every tag that the stack sets, with its value; others may be there besides.',
  lookAt: 'Tags of the bucket, under Properties.',
  judge: ({ audited: { settings }, live }) =>
    whenRead(live.bucket.tags, (tags, seen) => judgeSettings(seen, settings.tags, onlyNamedIn(settings.tags, tags))),
};
