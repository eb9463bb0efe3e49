import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

/** Commands that read a role, its policies and its instance profile. No command of these tables writes. */
export const IAM_READS = {
  getInstanceProfile: GetInstanceProfileCommand,
  getPolicy: GetPolicyCommand,
  getPolicyVersion: GetPolicyVersionCommand,
  getRole: GetRoleCommand,
  getRolePolicy: GetRolePolicyCommand,
  listAttachedRolePolicies: ListAttachedRolePoliciesCommand,
  listEntitiesForPolicy: ListEntitiesForPolicyCommand,
  listInstanceProfilesForRole: ListInstanceProfilesForRoleCommand,
  listRolePolicies: ListRolePoliciesCommand,
} as const;

export const S3_READS = {
  getBucketAccelerateConfiguration: GetBucketAccelerateConfigurationCommand,
  getBucketAcl: GetBucketAclCommand,
  getBucketCors: GetBucketCorsCommand,
  getBucketEncryption: GetBucketEncryptionCommand,
  getBucketLifecycleConfiguration: GetBucketLifecycleConfigurationCommand,
  getBucketLocation: GetBucketLocationCommand,
  getBucketLogging: GetBucketLoggingCommand,
  getBucketNotificationConfiguration: GetBucketNotificationConfigurationCommand,
  getBucketOwnershipControls: GetBucketOwnershipControlsCommand,
  getBucketPolicy: GetBucketPolicyCommand,
  getBucketReplication: GetBucketReplicationCommand,
  getBucketRequestPayment: GetBucketRequestPaymentCommand,
  getBucketTagging: GetBucketTaggingCommand,
  getBucketVersioning: GetBucketVersioningCommand,
  getBucketWebsite: GetBucketWebsiteCommand,
  getObject: GetObjectCommand,
  getObjectLockConfiguration: GetObjectLockConfigurationCommand,
  getPublicAccessBlock: GetPublicAccessBlockCommand,
  headObject: HeadObjectCommand,
  listBucketAnalyticsConfigurations: ListBucketAnalyticsConfigurationsCommand,
  listBucketIntelligentTieringConfigurations: ListBucketIntelligentTieringConfigurationsCommand,
  listBucketInventoryConfigurations: ListBucketInventoryConfigurationsCommand,
  listBucketMetricsConfigurations: ListBucketMetricsConfigurationsCommand,
  listObjectsV2: ListObjectsV2Command,
  listObjectVersions: ListObjectVersionsCommand,
} as const;

export const KMS_READS = {
  describeKey: DescribeKeyCommand,
  getKeyPolicy: GetKeyPolicyCommand,
  getKeyRotationStatus: GetKeyRotationStatusCommand,
  listGrants: ListGrantsCommand,
} as const;

export const STS_READS = { getCallerIdentity: GetCallerIdentityCommand } as const;
