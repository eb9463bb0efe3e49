import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { checkReplication } from '../buckets/document-checks';
import { checkEncryption, deleteEncryption } from '../buckets/encryption-configuration';
import { getBucketLifecycle, putBucketLifecycle } from '../buckets/lifecycle';
import { getObjectLockConfiguration, putObjectLockConfiguration } from '../buckets/object-lock';
import { getBucketVersioning, putBucketVersioning } from '../buckets/versioning';
import * as documents from '../documents/bucket-documents';
import { replicationConfiguration } from '../documents/replication';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const minimumSizeHeader = 'x-amz-transition-default-minimum-object-size';

const rows: readonly ConfigurationRow[] = [
  ['GetBucketVersioning', 'versioning', 's3:GetBucketVersioning', getBucketVersioning],
  ['PutBucketVersioning', 'versioning', 's3:PutBucketVersioning', putBucketVersioning, ['x-amz-mfa']],
  [
    'GetBucketEncryption',
    'encryption',
    's3:GetEncryptionConfiguration',
    getConfiguration('ServerSideEncryptionConfiguration', { content: {} }),
  ],
  [
    'PutBucketEncryption',
    'encryption',
    's3:PutEncryptionConfiguration',
    putConfiguration(documents.serverSideEncryptionConfiguration, checkEncryption),
  ],
  ['DeleteBucketEncryption', 'encryption', 's3:PutEncryptionConfiguration', deleteEncryption],
  ['GetBucketLifecycleConfiguration', 'lifecycle', 's3:GetLifecycleConfiguration', getBucketLifecycle],
  [
    'PutBucketLifecycleConfiguration',
    'lifecycle',
    's3:PutLifecycleConfiguration',
    putBucketLifecycle,
    [minimumSizeHeader],
  ],
  ['DeleteBucketLifecycle', 'lifecycle', 's3:PutLifecycleConfiguration', deleteConfiguration('LifecycleConfiguration')],
  [
    'GetBucketReplication',
    'replication',
    's3:GetReplicationConfiguration',
    getConfiguration('ReplicationConfiguration', { error: 'ReplicationConfigurationNotFoundError' }),
  ],
  [
    'PutBucketReplication',
    'replication',
    's3:PutReplicationConfiguration',
    putConfiguration(replicationConfiguration, checkReplication),
  ],
  [
    'DeleteBucketReplication',
    'replication',
    's3:PutReplicationConfiguration',
    deleteConfiguration('ReplicationConfiguration'),
  ],
  ['GetObjectLockConfiguration', 'object-lock', 's3:GetBucketObjectLockConfiguration', getObjectLockConfiguration],
  [
    'PutObjectLockConfiguration',
    'object-lock',
    's3:PutBucketObjectLockConfiguration',
    putObjectLockConfiguration,
    ['x-amz-bucket-object-lock-token'],
  ],
];

/** Operations on the configurations that say how a bucket keeps its objects. */
export const protectionRoutes: readonly Route[] = rows.map(configurationRoute);
