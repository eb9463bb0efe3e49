import { ACL_HEADERS } from '../../../request-model';
import { getBucketAcl, putBucketAcl } from '../acl/acl';
import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { completePublicAccessBlock } from '../buckets/document-checks';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from '../buckets/policy';
import * as documents from '../documents/bucket-documents';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const ROWS: readonly ConfigurationRow[] = [
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
export const ACCESS_ROUTES: readonly Route[] = ROWS.map(configurationRoute);
