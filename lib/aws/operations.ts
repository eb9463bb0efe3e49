import {
  AttachRolePolicyCommand,
  GetRoleCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';

/** S3 operations that are asked for; `GetObject` stands apart, because its body has to be read to the end. */
export const S3_OPERATIONS = {
  abortMultipartUpload: AbortMultipartUploadCommand,
  completeMultipartUpload: CompleteMultipartUploadCommand,
  copyObject: CopyObjectCommand,
  createMultipartUpload: CreateMultipartUploadCommand,
  deleteObject: DeleteObjectCommand,
  deleteObjects: DeleteObjectsCommand,
  getBucketLocation: GetBucketLocationCommand,
  getBucketPolicy: GetBucketPolicyCommand,
  getBucketVersioning: GetBucketVersioningCommand,
  headObject: HeadObjectCommand,
  listBuckets: ListBucketsCommand,
  listMultipartUploads: ListMultipartUploadsCommand,
  listObjectsV2: ListObjectsV2Command,
  listObjectVersions: ListObjectVersionsCommand,
  listParts: ListPartsCommand,
  putBucketPolicy: PutBucketPolicyCommand,
  putObject: PutObjectCommand,
  putObjectAcl: PutObjectAclCommand,
  putObjectTagging: PutObjectTaggingCommand,
  uploadPart: UploadPartCommand,
} as const;

/** Writes of a bucket's configuration, and of an object's retention, that are only ever sent with a body that S3 has to refuse. */
export const S3_CONFIGURATION_WRITES = {
  putBucketEncryption: PutBucketEncryptionCommand,
  putBucketLifecycleConfiguration: PutBucketLifecycleConfigurationCommand,
  putBucketReplication: PutBucketReplicationCommand,
  putBucketTagging: PutBucketTaggingCommand,
  putBucketVersioning: PutBucketVersioningCommand,
  putObjectLockConfiguration: PutObjectLockConfigurationCommand,
  putObjectRetention: PutObjectRetentionCommand,
  putPublicAccessBlock: PutPublicAccessBlockCommand,
} as const;

export const STS_OPERATIONS = { assumeRole: AssumeRoleCommand, getCallerIdentity: GetCallerIdentityCommand } as const;

export const KMS_OPERATIONS = {
  createGrant: CreateGrantCommand,
  decrypt: DecryptCommand,
  encrypt: EncryptCommand,
  generateDataKey: GenerateDataKeyCommand,
  getKeyPolicy: GetKeyPolicyCommand,
  listKeys: ListKeysCommand,
  putKeyPolicy: PutKeyPolicyCommand,
} as const;

export const IAM_OPERATIONS = {
  attachRolePolicy: AttachRolePolicyCommand,
  getRole: GetRoleCommand,
  listRoles: ListRolesCommand,
  putRolePolicy: PutRolePolicyCommand,
  updateAssumeRolePolicy: UpdateAssumeRolePolicyCommand,
} as const;
