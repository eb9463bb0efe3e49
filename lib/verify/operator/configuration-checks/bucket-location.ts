import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const bucketLocation: ConfigurationCheck = {
  id: 'bucket-location',
  title: 'The bucket is the account’s, in the audited region',
  controls: ['NIST.800-53.r5 CM-3'],
  reads: ['GetBucketLocation'],
  passes: 'The region of the config, from a bucket that the account of the config owns.',
  lookAt: 'The bucket name in Vault’s form and the region of the environment.',
  judge: ({ config, live }) =>
    whenRead(live.bucket.region, (region, seen) =>
      region === config.aws.region
        ? passed(seen, `The bucket is in ${region}.`)
        : failed(seen, `The bucket is in ${region}, not in ${config.aws.region}.`),
    ),
};
