import { ACL_HEADERS } from '../../../request-model';
import { getBucketAcl, putBucketAcl } from '../acl/acl';
import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { completePublicAccessBlock } from '../buckets/document-checks';
import { checkEncryption, deleteEncryption } from '../buckets/encryption-configuration';
import { getBucketLifecycle, putBucketLifecycle } from '../buckets/lifecycle';
import { getObjectLockConfiguration, putObjectLockConfiguration } from '../buckets/object-lock';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from '../buckets/policy';
import { checkReplication } from '../buckets/replication';
import { getBucketVersioning, putBucketVersioning } from '../buckets/versioning';
import * as documents from '../documents/bucket-documents';
import { replicationConfiguration } from '../documents/replication';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const ACCESS: readonly ConfigurationRow[] = [
  ['GetBucketPolicy', 'policy', getBucketPolicy],
  ['PutBucketPolicy', 'policy', putBucketPolicy, ['x-amz-confirm-remove-self-bucket-access']],
  ['DeleteBucketPolicy', 'policy', deleteBucketPolicy],
  ['GetBucketPolicyStatus', 'policyStatus', getBucketPolicyStatus],
  [
    'GetPublicAccessBlock',
    'publicAccessBlock',
    getConfiguration('PublicAccessBlockConfiguration', { error: 'NoSuchPublicAccessBlockConfiguration' }),
  ],
  [
    'PutPublicAccessBlock',
    'publicAccessBlock',
    putConfiguration(documents.publicAccessBlockConfiguration, completePublicAccessBlock),
  ],
  ['DeletePublicAccessBlock', 'publicAccessBlock', deleteConfiguration('PublicAccessBlockConfiguration')],
  [
    'GetBucketOwnershipControls',
    'ownershipControls',
    getConfiguration('OwnershipControls', { error: 'OwnershipControlsNotFoundError' }),
  ],
  ['PutBucketOwnershipControls', 'ownershipControls', putConfiguration(documents.ownershipControls)],
  ['DeleteBucketOwnershipControls', 'ownershipControls', deleteConfiguration('OwnershipControls')],
  ['GetBucketAcl', 'acl', getBucketAcl],
  ['PutBucketAcl', 'acl', putBucketAcl, ACL_HEADERS],
];

/** Operations on the configurations that say who may use a bucket. */
export const ACCESS_ROUTES: readonly Route[] = ACCESS.map(configurationRoute);

const MINIMUM_SIZE_HEADER = 'x-amz-transition-default-minimum-object-size';

const PROTECTION: readonly ConfigurationRow[] = [
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
export const PROTECTION_ROUTES: readonly Route[] = PROTECTION.map(configurationRoute);
