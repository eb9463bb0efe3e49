import { getBucketAcl, putBucketAcl } from '../buckets/acl';
import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { completePublicAccessBlock } from '../buckets/document-checks';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from '../buckets/policy';
import * as documents from '../documents/bucket-documents';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import { aclHeaders } from './headers';
import type { Route } from './route';

const rows: readonly ConfigurationRow[] = [
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
  ['GetBucketAcl', 'acl', 's3:GetBucketAcl', getBucketAcl],
  ['PutBucketAcl', 'acl', 's3:PutBucketAcl', putBucketAcl, aclHeaders],
];

/** Operations on the configurations that say who may use a bucket. */
export const accessRoutes: readonly Route[] = rows.map(configurationRoute);
