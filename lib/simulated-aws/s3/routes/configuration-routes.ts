import { getBucketAcl, putBucketAcl } from '../buckets/acl';
import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import {
  checkLogging,
  checkReplication,
  checkRequestPayment,
  completePublicAccessBlock,
} from '../buckets/document-checks';
import { checkEncryption, deleteEncryption } from '../buckets/encryption-configuration';
import { getBucketLifecycle, putBucketLifecycle } from '../buckets/lifecycle';
import { getObjectLockConfiguration, putObjectLockConfiguration } from '../buckets/object-lock';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from '../buckets/policy';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from '../buckets/tagging';
import { getBucketVersioning, putBucketVersioning } from '../buckets/versioning';
import * as documents from '../documents/bucket-documents';
import { replicationConfiguration } from '../documents/replication';
import { websiteConfiguration } from '../documents/website';
import type { S3Operation } from '../request';
import { aclHeaders } from './headers';
import type { Route } from './route';

const minimumSizeHeader = 'x-amz-transition-default-minimum-object-size';

/** One operation on a configuration of a bucket: name, sub-resource, action, what answers, further headers. */
type Row = readonly [
  operation: string,
  subresource: string,
  action: string,
  run: S3Operation,
  headers?: readonly string[],
];

/** Deleting takes the action of putting, except for the policy and the website. */
const rows: readonly Row[] = [
  ['GetBucketPolicy', 'policy', 's3:GetBucketPolicy', getBucketPolicy],
  ['PutBucketPolicy', 'policy', 's3:PutBucketPolicy', putBucketPolicy, ['x-amz-confirm-remove-self-bucket-access']],
  ['DeleteBucketPolicy', 'policy', 's3:DeleteBucketPolicy', deleteBucketPolicy],
  ['GetBucketPolicyStatus', 'policyStatus', 's3:GetBucketPolicyStatus', getBucketPolicyStatus],
  [
    'GetPublicAccessBlock',
    'publicAccessBlock',
    's3:GetBucketPublicAccessBlock',
    getConfiguration('PublicAccessBlockConfiguration', { error: 'NoSuchPublicAccessBlockConfiguration' }),
  ],
  [
    'PutPublicAccessBlock',
    'publicAccessBlock',
    's3:PutBucketPublicAccessBlock',
    putConfiguration(documents.publicAccessBlockConfiguration, completePublicAccessBlock),
  ],
  [
    'DeletePublicAccessBlock',
    'publicAccessBlock',
    's3:PutBucketPublicAccessBlock',
    deleteConfiguration('PublicAccessBlockConfiguration'),
  ],
  [
    'GetBucketOwnershipControls',
    'ownershipControls',
    's3:GetBucketOwnershipControls',
    getConfiguration('OwnershipControls', { error: 'OwnershipControlsNotFoundError' }),
  ],
  [
    'PutBucketOwnershipControls',
    'ownershipControls',
    's3:PutBucketOwnershipControls',
    putConfiguration(documents.ownershipControls),
  ],
  [
    'DeleteBucketOwnershipControls',
    'ownershipControls',
    's3:PutBucketOwnershipControls',
    deleteConfiguration('OwnershipControls'),
  ],
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
  ['GetBucketTagging', 'tagging', 's3:GetBucketTagging', getBucketTagging],
  ['PutBucketTagging', 'tagging', 's3:PutBucketTagging', putBucketTagging],
  ['DeleteBucketTagging', 'tagging', 's3:PutBucketTagging', deleteBucketTagging],
  ['GetBucketLogging', 'logging', 's3:GetBucketLogging', getConfiguration('BucketLoggingStatus', { content: {} })],
  ['PutBucketLogging', 'logging', 's3:PutBucketLogging', putConfiguration(documents.bucketLoggingStatus, checkLogging)],
  ['GetBucketAcl', 'acl', 's3:GetBucketAcl', getBucketAcl],
  ['PutBucketAcl', 'acl', 's3:PutBucketAcl', putBucketAcl, aclHeaders],
  [
    'GetBucketCors',
    'cors',
    's3:GetBucketCORS',
    getConfiguration('CORSConfiguration', { error: 'NoSuchCORSConfiguration' }),
  ],
  ['PutBucketCors', 'cors', 's3:PutBucketCORS', putConfiguration(documents.corsConfiguration)],
  ['DeleteBucketCors', 'cors', 's3:PutBucketCORS', deleteConfiguration('CORSConfiguration')],
  [
    'GetBucketWebsite',
    'website',
    's3:GetBucketWebsite',
    getConfiguration('WebsiteConfiguration', { error: 'NoSuchWebsiteConfiguration' }),
  ],
  ['PutBucketWebsite', 'website', 's3:PutBucketWebsite', putConfiguration(websiteConfiguration)],
  ['DeleteBucketWebsite', 'website', 's3:DeleteBucketWebsite', deleteConfiguration('WebsiteConfiguration')],
  [
    'GetBucketAccelerateConfiguration',
    'accelerate',
    's3:GetAccelerateConfiguration',
    getConfiguration('AccelerateConfiguration', { content: {} }),
  ],
  [
    'PutBucketAccelerateConfiguration',
    'accelerate',
    's3:PutAccelerateConfiguration',
    putConfiguration(documents.accelerateConfiguration),
  ],
  [
    'GetBucketRequestPayment',
    'requestPayment',
    's3:GetBucketRequestPayment',
    getConfiguration('RequestPaymentConfiguration', { content: { Payer: 'BucketOwner' } }),
  ],
  [
    'PutBucketRequestPayment',
    'requestPayment',
    's3:PutBucketRequestPayment',
    putConfiguration(documents.requestPaymentConfiguration, checkRequestPayment),
  ],
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
  [
    'GetBucketNotificationConfiguration',
    'notification',
    's3:GetBucketNotification',
    getConfiguration('NotificationConfiguration', { content: {} }),
  ],
];

/** Operations on the configurations of a bucket. */
export const configurationRoutes: readonly Route[] = rows.map(([operation, subresource, action, run, headers]) => ({
  operation,
  target: 'bucket',
  method: methodOf(operation),
  selectors: [subresource],
  ...(headers ? { headers } : {}),
  access: [{ action }],
  run,
}));

function methodOf(operation: string): string {
  if (operation.startsWith('Get')) return 'GET';
  return operation.startsWith('Put') ? 'PUT' : 'DELETE';
}
