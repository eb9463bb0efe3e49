import type { Adoptable } from '../config/adoptable';
import type { Environment } from '../config/environment';
import { policyArn, roleArn, roleName } from '../policy/resource-names';
import {
  type AccountState,
  attachPolicy,
  importAlias,
  importBucketConfiguration,
  importInstanceRole,
  importPolicy,
} from '../simulated-aws';

type Prepare = (state: AccountState, environment: Environment) => void;

const nothingMore: Prepare = () => undefined;

const withDocument =
  (root: string, content: (environment: Environment) => object): Prepare =>
  (state, environment) =>
    importBucketConfiguration(state, environment.bucket, { documents: { [root]: { ...content(environment) } } });

/** How each thing comes to be in the account; a bucket has most of its settings from the first. */
const PREPARE: Readonly<Record<Adoptable, Prepare>> = {
  bucket: (state, { bucket }) => importBucketConfiguration(state, bucket, {}),
  versioning: (state, { bucket }) => importBucketConfiguration(state, bucket, { versioning: 'Enabled' }),
  encryption: nothingMore,
  'public-access-block': nothingMore,
  ownership: withDocument('OwnershipControls', () => ({ Rule: { ObjectOwnership: 'ObjectWriter' } })),
  'bucket-policy': (state, { bucket, partition, account }) =>
    importBucketConfiguration(state, bucket, { policy: ownersPolicy(bucket, partition, account) }),
  lifecycle: withDocument('LifecycleConfiguration', ({ noncurrentVersionDays }) => ({
    Rule: {
      ID: 'earlier',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      NoncurrentVersionExpiration: { NoncurrentDays: noncurrentVersionDays },
    },
  })),
  'access-log': withDocument('BucketLoggingStatus', ({ accessLog }) => ({
    LoggingEnabled: { TargetBucket: accessLog?.bucket, TargetPrefix: 'earlier/' },
  })),
  'object-lock': withDocument('ObjectLockConfiguration', ({ objectLock }) => ({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: objectLock?.mode, Days: objectLock?.retentionDays } },
  })),
  // Made with every other key that the file names.
  key: nothingMore,
  alias: (state, environment) => {
    const { encryption } = environment;
    const arn = 'key' in encryption ? (encryption.key ?? '') : '';
    importAlias(state, `alias/${roleName(environment)}`, arn.slice(arn.indexOf('/') + 1));
  },
  // With an instance profile, as the console makes it.
  role: (state, environment) => importInstanceRole(state, roleArn(environment)),
  'instance-profile': nothingMore,
  policies: (state, environment) => {
    for (const service of servicesOf(environment)) importPolicy(state, policyArn(environment, service), LIST_BUCKETS);
  },
  attachments: (state, environment) => {
    for (const service of servicesOf(environment))
      attachPolicy(state, roleArn(environment), policyArn(environment, service));
  },
};

/** Makes what the environment takes over, in a state that the stack has something to change in; a sentence for each. */
export function prepareAdopted(state: AccountState, environment: Environment): readonly string[] {
  for (const thing of environment.adopt) PREPARE[thing](state, environment);
  if (environment.adopt.includes('role') && !environment.adopt.includes('instance-profile'))
    state.iam.instanceProfiles.delete(roleName(environment));
  if (environment.adopt.length === 0) return [];
  return [`${environment.adopt.join(', ')} were there before; what the real ones hold, vault-env adopt says`];
}

function servicesOf({ encryption }: Environment): readonly ('s3' | 'kms')[] {
  return encryption.method === 'AWS-KMS' || encryption.former.length > 0 ? ['s3', 'kms'] : ['s3'];
}

function ownersPolicy(bucket: string, partition: string, account: string): string {
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const Resource = `arn:${partition}:s3:::${bucket}`;
  const Statement = [{ Sid: 'Earlier', Effect: 'Allow', Principal, Action: 's3:ListBucket', Resource }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const LIST_BUCKETS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
});
