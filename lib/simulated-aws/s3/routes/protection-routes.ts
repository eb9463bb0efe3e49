import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { checkEncryption, deleteEncryption } from '../buckets/encryption-configuration';
import { getBucketLifecycle, putBucketLifecycle } from '../buckets/lifecycle';
import { getObjectLockConfiguration, putObjectLockConfiguration } from '../buckets/object-lock';
import { checkReplication } from '../buckets/replication';
import { getBucketVersioning, putBucketVersioning } from '../buckets/versioning';
import * as documents from '../documents/bucket-documents';
import { replicationConfiguration } from '../documents/replication';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const MINIMUM_SIZE_HEADER = 'x-amz-transition-default-minimum-object-size';

const ROWS: readonly ConfigurationRow[] = [
  ['GetBucketVersioning', 'versioning', getBucketVersioning],
  ['PutBucketVersioning', 'versioning', putBucketVersioning, ['x-amz-mfa']],
  ['GetBucketEncryption', 'encryption', getConfiguration('ServerSideEncryptionConfiguration', { content: {} })],
  ['PutBucketEncryption', 'encryption', putConfiguration(documents.serverSideEncryptionConfiguration, checkEncryption)],
  ['DeleteBucketEncryption', 'encryption', deleteEncryption],
  ['GetBucketLifecycleConfiguration', 'lifecycle', getBucketLifecycle],
  ['PutBucketLifecycleConfiguration', 'lifecycle', putBucketLifecycle, [MINIMUM_SIZE_HEADER]],
  ['DeleteBucketLifecycle', 'lifecycle', deleteConfiguration('LifecycleConfiguration')],
  [
    'GetBucketReplication',
    'replication',
    getConfiguration('ReplicationConfiguration', { error: 'ReplicationConfigurationNotFoundError' }),
  ],
  ['PutBucketReplication', 'replication', putConfiguration(replicationConfiguration, checkReplication)],
  ['DeleteBucketReplication', 'replication', deleteConfiguration('ReplicationConfiguration')],
  ['GetObjectLockConfiguration', 'object-lock', getObjectLockConfiguration],
  ['PutObjectLockConfiguration', 'object-lock', putObjectLockConfiguration, ['x-amz-bucket-object-lock-token']],
];

/** Operations on the configurations that say how a bucket keeps its objects. */
export const PROTECTION_ROUTES: readonly Route[] = ROWS.map(configurationRoute);
