import { gzipSync } from 'node:zlib';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketAnalyticsConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketMetricsConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { AdoptionVerdict } from '../../lib/adoption/adoption';
import type { Adoptable } from '../../lib/config/adoptable';
import type { Environment } from '../../lib/config/environment';
import { importAccessPoint, importBucket, importBucketConfiguration, importKey } from '../../lib/simulated-aws';
import { ADOPTED, BUCKET, type Estate, KEY_ARN, KEY_ID, ROLE } from './estate';

/** One thing that is otherwise in the account, or in the file, and what has to be said of it. */
export interface AdoptionMutant {
  readonly name: string;
  readonly make?: (estate: Estate) => unknown;
  readonly environment?: Environment;
  readonly id: string | RegExp;
  readonly verdict: AdoptionVerdict;
  /** Part of today's value, of tomorrow's, or of what is said. */
  readonly says: string;
}

type Live = readonly [
  name: string,
  make: (estate: Estate) => unknown,
  id: string | RegExp,
  verdict: AdoptionVerdict,
  says: string,
];
type Filed = readonly [
  name: string,
  change: Partial<Environment>,
  id: string | RegExp,
  verdict: AdoptionVerdict,
  says: string,
];

const Bucket = BUCKET;
const RoleName = ROLE;
const OTHER_KEY = KEY_ARN.replace(/.{12}$/, '000000000042');

const bucketSet =
  (Command: new (input: never) => unknown, input: object) =>
  ({ s3 }: Estate) =>
    s3.send(new Command({ Bucket, ...input } as never) as never);
const lifecycle = (...Rules: readonly object[]) =>
  bucketSet(PutBucketLifecycleConfigurationCommand, { LifecycleConfiguration: { Rules } });
const rule = (act: object, Filter: object = { Prefix: '' }) => ({ ID: 'of-today', Status: 'Enabled', Filter, ...act });

async function addInventory(estate: Estate, IsEnabled = true): Promise<void> {
  importBucket(estate.account.state, 'lists');
  const S3BucketDestination = { Bucket: 'arn:aws:s3:::lists', Format: 'CSV' };
  await bucketSet(PutBucketInventoryConfigurationCommand, {
    Id: 'weekly',
    InventoryConfiguration: {
      ...{ Id: 'weekly', IsEnabled, IncludedObjectVersions: 'All', Schedule: { Frequency: 'Weekly' } },
      Destination: { S3BucketDestination },
    },
  })(estate);
}

async function writeInventory({ s3 }: Estate, rows: string): Promise<void> {
  const folder = `${BUCKET}/weekly`;
  const manifest = {
    ...{ sourceBucket: BUCKET, creationTimestamp: String(Date.UTC(2026, 10, 28)), fileFormat: 'CSV' },
    ...{ fileSchema: 'Key, EncryptionStatus', files: [{ key: `${folder}/data/1.csv.gz` }] },
  };
  const put = (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket: 'lists', Key, Body }));
  await put(`${folder}/data/1.csv.gz`, gzipSync(rows));
  await put(`${folder}/2026-11-28T00-00Z/manifest.json`, JSON.stringify(manifest));
}

const ABORT = rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
const KEPT_30 = {
  ...rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Expiration: { ExpiredObjectDeleteMarker: true } }),
  ID: 'kept',
};
const flags = (off: string) =>
  bucketSet(PutPublicAccessBlockCommand, {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: off !== 'BlockPublicAcls',
      BlockPublicPolicy: off !== 'BlockPublicPolicy',
      IgnorePublicAcls: off !== 'IgnorePublicAcls',
      RestrictPublicBuckets: off !== 'RestrictPublicBuckets',
    },
  });
const encryption = (byDefault: object, BucketKeyEnabled = false) =>
  bucketSet(PutBucketEncryptionCommand, {
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled }] },
  });
const retention = (DefaultRetention: object | undefined) =>
  bucketSet(PutObjectLockConfigurationCommand, {
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(DefaultRetention && { Rule: { DefaultRetention } }) },
  });
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const OBJECTS = `arn:aws:s3:::${BUCKET}/*`;

const addToBucketPolicy =
  (statement: object) =>
  async ({ s3 }: Estate) => {
    const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    const { Statement } = JSON.parse(Policy);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: document(...Statement, statement) }));
  };
const withoutStatement =
  (sid: string) =>
  async ({ s3 }: Estate) => {
    const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    const { Statement } = JSON.parse(Policy);
    const left = Statement.filter(({ Sid }: { Sid: string }) => Sid !== sid);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: document(...left) }));
  };
const inline =
  (...statements: readonly object[]) =>
  ({ iam }: Estate) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'pasted', PolicyDocument: document(...statements) }));
const tag =
  (Key: string, Value: string) =>
  async ({ s3 }: Estate) => {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [...TagSet, { Key, Value }] } }));
  };
const put = (input: object) => bucketSet(PutObjectCommand, { Key: 'org/accounts.csv.gz', Body: 'x', ...input });
const underKey = (keyId: string, BucketKeyEnabled: boolean) => async (estate: Estate) => {
  importKey(estate.account.state, { keyId });
  await estate.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  await put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyId, BucketKeyEnabled })(estate);
};
const keyPolicy =
  (...statements: readonly object[]) =>
  ({ kms }: Estate) =>
    kms.send(new PutKeyPolicyCommand({ KeyId: KEY_ID, PolicyName: 'default', Policy: document(...statements) }));
const replication = (more: object) => async (estate: Estate) => {
  importBucket(estate.account.state, 'copies').versioning = 'Enabled';
  const { SourceSelectionCriteria } = more as { SourceSelectionCriteria?: object };
  const EncryptionConfiguration = { ReplicaKmsKeyID: KEY_ARN };
  const Destination = {
    ...{ Bucket: 'arn:aws:s3:::copies' },
    ...(SourceSelectionCriteria && { EncryptionConfiguration }),
  };
  const all = { ID: 'all', Status: 'Enabled', Priority: 1, Filter: { Prefix: '' }, Destination };
  await bucketSet(PutBucketReplicationCommand, {
    ReplicationConfiguration: {
      Role: 'arn:aws:iam::111122223333:role/replication',
      Rules: [{ ...all, DeleteMarkerReplication: { Status: 'Disabled' }, ...more }],
    },
  })(estate);
};
const OF_KMS = { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } };
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const FOREIGN = { AWS: 'arn:aws:iam::444455556666:root' };

const accessPoint =
  (name: string, more: { readonly vpcId?: string; readonly policy?: string } = {}) =>
  ({ account }: Estate) =>
    importAccessPoint(account.state, BUCKET, { name, ...more });
const DELEGATING = {
  ...allow('s3:GetObject', OBJECTS),
  ...{ Sid: 'Points', Principal: { AWS: '*' } },
  Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
};
const POINT = 'arn:aws:s3:us-east-2:111122223333:accesspoint/reports/object/*';
const delegatedTo = (policy?: string) => async (estate: Estate) => {
  accessPoint('reports', policy === undefined ? {} : { policy })(estate);
  await addToBucketPolicy(DELEGATING)(estate);
};
const ACCESS_POINT = 'aws_s3_bucket.backup/access-point';

const PAB = 'aws_s3_bucket_public_access_block.backup';
const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration.backup';
const LOCK = 'aws_s3_bucket_object_lock_configuration.backup';
const SSE = 'aws_s3_bucket_server_side_encryption_configuration.backup';
const TAGS = 'aws_s3_bucket.backup';
const ROLE_ADDRESS = 'aws_iam_role.vault';

const IN_ACCOUNT: readonly Live[] = [
  ['an access point', accessPoint('reports'), `${ACCESS_POINT}/reports`, 'stays', 'the internet'],
  ['an access point of a VPC', accessPoint('reports', { vpcId: 'vpc-1' }), `${ACCESS_POINT}/reports`, 'stays', 'vpc-1'],
  [
    'an access point that the bucket policy leaves it to',
    delegatedTo(document({ ...allow('s3:GetObject', POINT), Principal: FOREIGN })),
    `${ACCESS_POINT}/reports`,
    'locks-out',
    "arn:aws:iam::444455556666:root, whom its own policy lets in, got in by 'Points' of the bucket policy",
  ],
  [
    'an access point that lets in anybody',
    delegatedTo(document({ ...allow('s3:GetObject', POINT), Principal: '*' })),
    `${ACCESS_POINT}/reports`,
    'locks-out',
    'anybody, whom its own policy lets in',
  ],
  [
    'an access point that only keeps out',
    delegatedTo(document({ ...allow('s3:*', POINT), Effect: 'Deny', Principal: FOREIGN })),
    `${ACCESS_POINT}/reports`,
    'stays',
    'its own policy lets nobody in',
  ],
  [
    'an access point that the bucket policy leaves it to, without a policy',
    delegatedTo(),
    `${ACCESS_POINT}/reports`,
    'stays',
    'no policy of its own',
  ],
  [
    'an access point whose policy nobody may read',
    async (estate) => {
      await delegatedTo('{}')(estate);
      const match = { operation: 'GetAccessPointPolicy' };
      estate.account.faults.set([{ match, fault: { kind: 'internal-error' } }]);
    },
    `${ACCESS_POINT}/reports`,
    'unknown',
    's3:GetAccessPointPolicy',
  ],
  [
    'an access point whose policy cannot be evaluated',
    delegatedTo('{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}'),
    `${ACCESS_POINT}/reports`,
    'unknown',
    'could not be evaluated',
  ],
  [
    'an access point beside a statement that keeps others out',
    async (estate) => {
      accessPoint('reports')(estate);
      const Condition = { StringEquals: { 's3:AccessPointNetworkOrigin': 'Internet' } };
      await addToBucketPolicy({ ...DELEGATING, Effect: 'Deny', Condition })(estate);
    },
    `${ACCESS_POINT}/reports`,
    'stays',
    'no statement that goes',
  ],
  [
    'more access points than one answer lists',
    (estate) => {
      for (let number = 1000; number <= 2000; number += 1) accessPoint(`point-${number}`)(estate);
    },
    `${ACCESS_POINT}/point-2000`,
    'stays',
    'the internet',
  ],
  [
    'access points that nobody may list',
    ({ account }) =>
      account.faults.set([{ match: { operation: 'ListAccessPoints' }, fault: { kind: 'internal-error' } }]),
    ACCESS_POINT,
    'unknown',
    's3:ListAccessPoints',
  ],
  [
    'an access point, and a bucket policy that nobody may read',
    (estate) => {
      accessPoint('reports')(estate);
      estate.account.faults.set([{ match: { operation: 'GetBucketPolicy' }, fault: { kind: 'internal-error' } }]);
    },
    `${ACCESS_POINT}/reports`,
    'unknown',
    's3:GetBucketPolicy',
  ],
  ['public ACLs', flags('BlockPublicAcls'), `${PAB}/BlockPublicAcls`, 'tightens', 'false'],
  ['a public policy', flags('BlockPublicPolicy'), `${PAB}/BlockPublicPolicy`, 'tightens', 'false'],
  ['public ACLs that count', flags('IgnorePublicAcls'), `${PAB}/IgnorePublicAcls`, 'tightens', 'false'],
  ['a public bucket that is open', flags('RestrictPublicBuckets'), `${PAB}/RestrictPublicBuckets`, 'tightens', 'false'],
  [
    'ACLs on',
    bucketSet(PutBucketOwnershipControlsCommand, {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    }),
    'aws_s3_bucket_ownership_controls.backup/object-ownership',
    'tightens',
    'ObjectWriter',
  ],
  [
    'a lifecycle that nobody may read',
    addToBucketPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetLifecycleConfiguration',
      Resource: `arn:aws:s3:::${BUCKET}`,
    }),
    `${LIFECYCLE}/read`,
    'unknown',
    'AccessDenied',
  ],
  [
    'objects that nobody may look at',
    async (estate) => {
      importKey(estate.account.state, { keyId: KEY_ID });
      await put({})(estate);
      await addToBucketPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS })(estate);
    },
    'objects/read',
    'unknown',
    'HeadObject',
  ],
  ['keys of S3', encryption({ SSEAlgorithm: 'AES256' }), `${SSE}/encryption`, 'tightens', 'AES256'],
  [
    'another key by default',
    async (estate) => {
      importKey(estate.account.state, { keyId: OTHER_KEY.slice(OTHER_KEY.indexOf('/') + 1) });
      await encryption({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: OTHER_KEY }, true)(estate);
    },
    `${SSE}/encryption`,
    'tightens',
    'the earlier one has to stay',
  ],
  [
    'no bucket key',
    encryption({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN }),
    `${SSE}/encryption`,
    'same',
    'bucket key',
  ],
  ['a lock of a year', retention({ Mode: 'GOVERNANCE', Days: 365 }), `${LOCK}/lock-shortened`, 'loses', '365 days'],
  ['a lock of two years', retention({ Mode: 'GOVERNANCE', Years: 2 }), `${LOCK}/lock-shortened`, 'loses', '2 years'],
  [
    'a lock nobody can lift',
    retention({ Mode: 'COMPLIANCE', Days: 1 }),
    `${LOCK}/lock-weakened`,
    'loses',
    'COMPLIANCE',
  ],
  ['a lock without a retention', retention(undefined), `${LOCK}/lock`, 'tightens', 'on, without a retention'],
  [
    'a log elsewhere',
    async (estate) => {
      importBucket(estate.account.state, 'earlier-logs');
      await bucketSet(PutBucketLoggingCommand, {
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'earlier-logs', TargetPrefix: 'a/' } },
      })(estate);
    },
    'aws_s3_bucket_logging.backup/logging',
    'loosens',
    'earlier-logs/a/',
  ],
  ['a tag', tag('team', 'crm'), `${TAGS}/tags`, 'loses', 'team=crm'],
  [
    'no tags',
    bucketSet(PutBucketTaggingCommand, { Tagging: { TagSet: [] } }),
    `${TAGS}/tags-added`,
    'tightens',
    'vault-backup-environment',
  ],
  [
    'versions kept ten years',
    lifecycle(ABORT, { ...KEPT_30, NoncurrentVersionExpiration: { NoncurrentDays: 3650 } }),
    `${LIFECYCLE}/noncurrent-versions`,
    'loses',
    '3650 days',
  ],
  ['versions kept for good', lifecycle(ABORT), `${LIFECYCLE}/noncurrent-versions`, 'loses', '(no such rule)'],
  [
    'the newest ten versions kept',
    lifecycle(ABORT, { ...KEPT_30, NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 10 } }),
    `${LIFECYCLE}/noncurrent-versions`,
    'loses',
    'the newest 10 stay',
  ],
  [
    'versions kept a day',
    lifecycle(ABORT, { ...KEPT_30, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
    `${LIFECYCLE}/noncurrent-versions-ended`,
    'tightens',
    'kept longer',
  ],
  [
    'versions of one prefix kept',
    lifecycle(ABORT, { ...KEPT_30, Filter: { Prefix: 'a/' } }),
    `${LIFECYCLE}/noncurrent-versions`,
    'loses',
    '30 days',
  ],
  [
    'a rule that is off',
    lifecycle(ABORT, { ...KEPT_30, Status: 'Disabled' }),
    `${LIFECYCLE}/noncurrent-versions`,
    'loses',
    '(no such rule)',
  ],
  [
    'objects that expire',
    lifecycle(ABORT, KEPT_30, { ...rule({ Expiration: { Days: 90 } }), ID: 'gone' }),
    `${LIFECYCLE}/current-objects-ended`,
    'tightens',
    '90 days',
  ],
  [
    'objects that move to Glacier',
    lifecycle(ABORT, KEPT_30, { ...rule({ Transitions: [{ Days: 90, StorageClass: 'GLACIER' }] }), ID: 'cold' }),
    `${LIFECYCLE}/current-objects-moved-ended`,
    'loosens',
    '90 days',
  ],
  [
    'versions that move to Glacier',
    lifecycle(ABORT, KEPT_30, {
      ...rule({ NoncurrentVersionTransitions: [{ NoncurrentDays: 5, StorageClass: 'GLACIER' }] }),
      ID: 'cold',
    }),
    `${LIFECYCLE}/noncurrent-versions-moved-ended`,
    'loosens',
    '5 days',
  ],
  ['uploads kept for good', lifecycle(KEPT_30), `${LIFECYCLE}/unfinished-uploads`, 'tightens', '7 days'],
  [
    'uploads ended after a day',
    lifecycle(KEPT_30, rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })),
    `${LIFECYCLE}/unfinished-uploads-ended`,
    'tightens',
    'kept longer',
  ],
  [
    'no lifecycle, which is named',
    bucketSet(DeleteBucketLifecycleCommand, {}),
    `${LIFECYCLE}/there`,
    'blocks',
    'nothing to import',
  ],
  [
    'no policy, which is named',
    bucketSet(DeleteBucketPolicyCommand, {}),
    'aws_s3_bucket_policy.backup/there',
    'blocks',
    'nothing to import',
  ],
  ['an inventory', (estate) => addInventory(estate), `${TAGS}/inventory`, 'stays', 'weekly to arn:aws:s3:::lists'],
  [
    'an inventory that is off, and goes nowhere',
    async (estate) => {
      await addInventory(estate, false);
      estate.account.state.s3.buckets.delete('lists');
    },
    `${TAGS}/inventory`,
    'stays',
    'the list is off',
  ],
  [
    'an inventory that was written',
    async (estate) => {
      await addInventory(estate);
      await writeInventory(estate, '"seen","SSE-S3"\n"seen too","SSE-S3"\n');
    },
    `${TAGS}/inventory`,
    'stays',
    'of which that of 2026-11-28 counts 2 AES256; the stack leaves it',
  ],
  [
    'an inventory of objects that nobody could look at',
    async (estate) => {
      await addInventory(estate);
      await writeInventory(estate, '"gone","SSE-C"\n');
    },
    'objects/listed/SSE-C',
    'unknown',
    'lists 1 of them, as gone, and none could be looked at',
  ],
  [
    'an inventory that goes where nobody may read',
    async (estate) => {
      await addInventory(estate);
      estate.account.state.s3.buckets.delete('lists');
    },
    `${TAGS}/inventory`,
    'unknown',
    'could not be read, which takes s3:ListBucket and s3:GetObject there',
  ],
  [
    'an object that is archived',
    async (estate) => {
      await estate.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      await put({ ServerSideEncryption: 'AES256', StorageClass: 'DEEP_ARCHIVE' })(estate);
    },
    'objects/DEEP_ARCHIVE',
    'loses',
    'nobody reads them before a restore',
  ],
  [
    'a statement for a partner',
    addToBucketPolicy({ ...allow('s3:GetObject', OBJECTS), Sid: 'Partner', Principal: FOREIGN }),
    'aws_s3_bucket_policy.backup/statement/Partner',
    'tightens',
    'kept by bucketPolicy.keep',
  ],
  [
    'a denial',
    addToBucketPolicy({ ...allow('s3:GetObjectTorrent', OBJECTS), Effect: 'Deny', Principal: '*' }),
    /^aws_s3_bucket_policy\.backup\/statement\/Kept\d$/,
    'loosens',
    'kept by bucketPolicy.keep',
  ],
  [
    'a statement by what it is not about',
    addToBucketPolicy({ Effect: 'Allow', NotAction: 's3:Put*', Resource: OBJECTS, Sid: 'Odd', Principal: FOREIGN }),
    'aws_s3_bucket_policy.backup/statement/Odd',
    'tightens',
    'cannot be kept as it stands',
  ],
  [
    'a public statement',
    async (estate) => {
      await flags('BlockPublicPolicy')(estate);
      await addToBucketPolicy({ ...allow('s3:GetObject', OBJECTS), Sid: 'Public', Principal: '*' })(estate);
    },
    'aws_s3_bucket_policy.backup/statement/Public',
    'tightens',
    'so that it cannot be kept',
  ],
  [
    'replication',
    replication({}),
    `${TAGS}/replication`,
    'stays',
    'arn:aws:s3:::copies: no object under KMS is copied there today: the rule does not select such objects',
  ],
  [
    'replication by a role that the key does not let in',
    replication(OF_KMS),
    `${TAGS}/replication`,
    'stays',
    'today: the key policy does not let its role, arn:aws:iam::111122223333:role/replication, decrypt them',
  ],
  ['replication that is off', replication({ Status: 'Disabled' }), `${TAGS}/replication`, 'stays', 'the rule is off'],
  [
    'replication of objects that are not under KMS yet',
    async (estate) => {
      await encryption({ SSEAlgorithm: 'AES256' })(estate);
      await replication({})(estate);
    },
    `${TAGS}/replication`,
    'loses',
    'no longer copied there: they are under KMS, and the rule does not select such objects',
  ],
  [
    'replication under a key that lets in everybody of the account',
    async (estate) => {
      await keyPolicy({ ...allow('kms:*'), Principal: ROOT })(estate);
      await replication(OF_KMS)(estate);
    },
    `${TAGS}/replication`,
    'loses',
    'the key policy does not let its role',
  ],
  [
    'a website',
    bucketSet(PutBucketWebsiteCommand, { WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
    `${TAGS}/website`,
    'stays',
    'plain HTTP',
  ],
  [
    'notifications',
    bucketSet(PutBucketNotificationConfigurationCommand, {
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    }),
    `${TAGS}/notifications`,
    'stays',
    'EventBridge',
  ],
  [
    'requests from pages of others',
    bucketSet(PutBucketCorsCommand, {
      CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://acme.example'] }] },
    }),
    `${TAGS}/cors`,
    'stays',
    'GET, PUT for https://acme.example -> ',
  ],
  [
    'transfer acceleration',
    bucketSet(PutBucketAccelerateConfigurationCommand, { AccelerateConfiguration: { Status: 'Enabled' } }),
    `${TAGS}/acceleration`,
    'stays',
    's3-accelerate.amazonaws.com',
  ],
  [
    'tiers that are archives',
    bucketSet(PutBucketIntelligentTieringConfigurationCommand, {
      Id: 'cold',
      IntelligentTieringConfiguration: {
        ...{ Id: 'cold', Status: 'Enabled', Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }] },
      },
    }),
    `${TAGS}/intelligent-tiering`,
    'stays',
    'cold: ARCHIVE_ACCESS after 90 days -> ',
  ],
  [
    'an analysis of storage',
    bucketSet(PutBucketAnalyticsConfigurationCommand, {
      Id: 'weekly',
      AnalyticsConfiguration: {
        Id: 'weekly',
        StorageClassAnalysis: {
          DataExport: {
            OutputSchemaVersion: 'V_1',
            Destination: { S3BucketDestination: { Format: 'CSV', Bucket: 'arn:aws:s3:::reports' } },
          },
        },
      },
    }),
    `${TAGS}/analytics`,
    'stays',
    'weekly to arn:aws:s3:::reports -> ',
  ],
  [
    'metrics of requests',
    bucketSet(PutBucketMetricsConfigurationCommand, { Id: 'all', MetricsConfiguration: { Id: 'all' } }),
    `${TAGS}/metrics`,
    'stays',
    'all -> all: CloudWatch',
  ],
  [
    'requester pays',
    ({ account }) =>
      importBucketConfiguration(account.state, BUCKET, {
        documents: { RequestPaymentConfiguration: { Payer: 'Requester' } },
      }),
    `${TAGS}/requester-pays`,
    'stays',
    'Requester',
  ],
  [
    'another account that reads',
    addToBucketPolicy({ ...allow('s3:GetObject', OBJECTS), Principal: FOREIGN }),
    /^access\/.*\/lost\/s3:GetObject$/,
    'locks-out',
    's3:GetObject',
  ],
  [
    'another account that writes',
    addToBucketPolicy({ ...allow('s3:PutObject', OBJECTS), Principal: FOREIGN }),
    /^access\/.*\/lost\/s3:PutObject$/,
    'locks-out',
    's3:PutObject',
  ],
  [
    'plain HTTP that is let in',
    withoutStatement('DenyPlainHttp'),
    /^access\/an administrator.*\/narrowed\//,
    'tightens',
    'fewer circumstances',
  ],
  [
    'administrators who are refused',
    addToBucketPolicy({
      Sid: 'OfToday',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObjectTagging',
      Resource: OBJECTS,
    }),
    /^access\/an administrator of the account\/gained\/s3:GetObjectTagging/,
    'lets-in',
    's3:GetObjectTagging',
  ],
  [
    "the vendor's policy, pasted",
    inline(allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*'), allow('s3:*', [`arn:aws:s3:::${BUCKET}`, OBJECTS])),
    /^access\/the role\/lost\//,
    'tightens',
    'the role can no longer do',
  ],
  [
    "the vendor's refusal, pasted",
    inline({ Sid: 'OfToday', Effect: 'Deny', NotAction: 's3:*', NotResource: [`arn:aws:s3:::${BUCKET}`, OBJECTS] }),
    /^access\/the role\/gained\/kms:/,
    'loosens',
    'kms:',
  ],
  [
    'a managed policy of others',
    async ({ iam }) => {
      const { Policy } = await iam.send(
        new CreatePolicyCommand({ PolicyName: 'earlier', PolicyDocument: document(allow('iam:PassRole')) }),
      );
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    },
    /^access\/the role\/lost\/iam:PassRole/,
    'tightens',
    'iam:PassRole',
  ],
  [
    'a host of another kind',
    ({ iam }) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName,
          PolicyDocument: document({
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        }),
      ),
    /^access\/.*\/lost\/sts:AssumeRole/,
    'locks-out',
    'lambda',
  ],
  [
    'sessions of twelve hours',
    ({ iam }) => iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 43_200 })),
    `${ROLE_ADDRESS}/session`,
    'tightens',
    '43200',
  ],
  [
    'a boundary',
    async ({ iam }) => {
      const { Policy } = await iam.send(
        new CreatePolicyCommand({ PolicyName: 'limits', PolicyDocument: document(allow('*')) }),
      );
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: Policy?.Arn }));
    },
    `${ROLE_ADDRESS}/boundary`,
    'loosens',
    'policy/limits',
  ],
  [
    'a second profile',
    async ({ iam }) => {
      await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'second' }));
      await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'second', RoleName }));
    },
    `${ROLE_ADDRESS}/profiles`,
    'stays',
    'instance-profile/second',
  ],
  [
    'a key that is off',
    ({ kms }) => kms.send(new DisableKeyCommand({ KeyId: KEY_ID })),
    `${KEY_ARN}/KeyState`,
    'blocks',
    'Disabled',
  ],
  [
    'a key that is to be deleted',
    async (estate) => {
      await keyPolicy({ ...allow('kms:*'), Principal: ROOT })(estate);
      await estate.kms.send(new ScheduleKeyDeletionCommand({ KeyId: KEY_ID, PendingWindowInDays: 7 }));
    },
    `${KEY_ARN}/KeyState`,
    'blocks',
    'PendingDeletion',
  ],
  [
    'a key that is not rotated',
    ({ kms }) => kms.send(new DisableKeyRotationCommand({ KeyId: KEY_ID })),
    'aws_kms_key.backup/rotation',
    'tightens',
    'false',
  ],
  [
    'a grant',
    async (estate) => {
      await keyPolicy({ ...allow('kms:*'), Principal: ROOT })(estate);
      await estate.kms.send(
        new CreateGrantCommand({
          KeyId: KEY_ID,
          GranteePrincipal: `arn:aws:iam::111122223333:role/${ROLE}`,
          Operations: ['Decrypt'],
        }),
      );
    },
    'aws_kms_key.backup/grants',
    'stays',
    'Decrypt',
  ],
  [
    'the key policy of the console',
    keyPolicy({ ...allow('kms:*'), Principal: ROOT }),
    /^access\/an administrator of the account\/lost\/kms:/,
    'locks-out',
    'kms:',
  ],
  [
    'objects under another key',
    underKey(OTHER_KEY.slice(OTHER_KEY.indexOf('/') + 1), true),
    `objects/${OTHER_KEY}`,
    'loses',
    'neither the one in use nor a former one',
  ],
  [
    'objects under the key without a bucket key',
    underKey(KEY_ID, false),
    `objects/${KEY_ARN}/without-bucket-key`,
    'loses',
    'without a bucket key',
  ],
  [
    'objects under the key',
    async (estate) => {
      importKey(estate.account.state, { keyId: KEY_ID });
      await put({})(estate);
    },
    `objects/${KEY_ARN}`,
    'same',
    'the role can read them',
  ],
  [
    'objects under keys of S3',
    async (estate) => {
      await estate.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      await put({ ServerSideEncryption: 'AES256' })(estate);
    },
    'objects/AES256',
    'same',
    'S3 reads them',
  ],
];

const without = (...things: readonly Adoptable[]) => ADOPTED.adopt.filter((thing) => !things.includes(thing));

const IN_FILE: readonly Filed[] = [
  ...(
    [
      ['versioning', 'aws_s3_bucket_versioning.backup', 'write over it'],
      ['encryption', SSE, 'write over it'],
      ['public-access-block', PAB, 'write over it'],
      ['ownership', 'aws_s3_bucket_ownership_controls.backup', 'write over it'],
      ['bucket-policy', 'aws_s3_bucket_policy.backup', 'write over it'],
      ['lifecycle', LIFECYCLE, 'write over it'],
      ['access-log', 'aws_s3_bucket_logging.backup', 'write over it'],
      ['object-lock', LOCK, 'write over it'],
      ['alias', 'aws_kms_alias.backup', 'fail to make it'],
      ['role', ROLE_ADDRESS, 'fail to make it'],
      ['instance-profile', 'aws_iam_instance_profile.vault', 'fail to make it'],
      ['policies', 'aws_iam_policy.s3', 'fail to make it'],
    ] as const
  ).map(
    ([thing, address, says]): Filed => [
      `${thing} that is not named`,
      { adopt: without(thing) },
      `${address}/there`,
      'blocks',
      says,
    ],
  ),
  ['a bucket that is not named', { adopt: [] }, 'aws_s3_bucket.backup/there', 'blocks', 'fail to make it'],
  ['another bucket', { bucket: 'example-vault-nowhere' }, 'aws_s3_bucket.backup/there', 'blocks', 'nothing to import'],
  ['another role', { roleName: 'nobody' }, `${ROLE_ADDRESS}/there`, 'blocks', 'nothing to import'],
  ['another path', { rolePath: '/vault/' }, `${ROLE_ADDRESS}/path`, 'blocks', 'cannot move a role'],
  [
    'another key',
    { encryption: { ...ADOPTED.encryption, method: 'AWS-KMS', key: OTHER_KEY } },
    `${OTHER_KEY}/state`,
    'blocks',
    'not there',
  ],
  ['no lock', { objectLock: undefined, adopt: without('object-lock') }, `${LOCK}/lock`, 'stays', 'GOVERNANCE'],
  [
    'no log',
    { accessLog: undefined, adopt: without('access-log') },
    'aws_s3_bucket_logging.backup/logging',
    'stays',
    'example-access-logs',
  ],
  [
    'a lock of a month',
    { objectLock: { mode: 'GOVERNANCE', retentionDays: 30, ended: false } },
    `${LOCK}/lock`,
    'tightens',
    '30 days',
  ],
  [
    'no lock from now on',
    { objectLock: { mode: 'GOVERNANCE', retentionDays: 1, ended: true } },
    `${LOCK}/lock-ended`,
    'loses',
    'not locked any more',
  ],
  [
    'keys of S3',
    { encryption: { method: 'AES-256', former: [KEY_ARN], givenUp: [] }, adopt: without('key', 'alias') },
    `${SSE}/encryption`,
    'loosens',
    'AES256',
  ],
  ['versions kept a week', { noncurrentVersionDays: 7 }, `${LIFECYCLE}/noncurrent-versions`, 'loses', '7 days'],
  ['fewer capabilities', { capabilities: ['backup'] }, /^access\/the role\/lost\//, 'tightens', 's3:'],
  [
    'more capabilities',
    { capabilities: ['backup', 'versioning', 'purge-versions'] },
    /^access\/the role\/gained\/s3:DeleteObjectVersion/,
    'loosens',
    's3:DeleteObjectVersion',
  ],
];

/** Each with the one thing that is otherwise. */
export const ADOPTION_MUTANTS: readonly AdoptionMutant[] = [
  ...IN_ACCOUNT.map(([name, make, id, verdict, says]) => ({
    name: `in the account: ${name}`,
    make,
    id,
    verdict,
    says,
  })),
  ...IN_FILE.map(([name, change, id, verdict, says]) => ({
    name: `in the file: ${name}`,
    environment: { ...ADOPTED, ...change },
    id,
    verdict,
    says,
  })),
  {
    name: 'in both: objects under a former key without a bucket key',
    make: underKey(OTHER_KEY.slice(OTHER_KEY.indexOf('/') + 1), false),
    environment: { ...ADOPTED, encryption: { ...ADOPTED.encryption, former: [OTHER_KEY] } },
    id: `objects/${OTHER_KEY}/without-bucket-key`,
    verdict: 'loses',
    says: 'a copy over themselves mends that',
  },
];
