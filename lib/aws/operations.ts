import { AttachRolePolicyCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

/** S3 operations that are asked for; `GetObject` stands apart, because its body has to be read to the end. */
export const S3_OPERATIONS = {
  abortMultipartUpload: AbortMultipartUploadCommand,
  completeMultipartUpload: CompleteMultipartUploadCommand,
  createMultipartUpload: CreateMultipartUploadCommand,
  deleteObject: DeleteObjectCommand,
  getBucketLocation: GetBucketLocationCommand,
  getBucketPolicy: GetBucketPolicyCommand,
  getBucketVersioning: GetBucketVersioningCommand,
  headObject: HeadObjectCommand,
  listMultipartUploads: ListMultipartUploadsCommand,
  listObjectsV2: ListObjectsV2Command,
  listObjectVersions: ListObjectVersionsCommand,
  listParts: ListPartsCommand,
  putBucketPolicy: PutBucketPolicyCommand,
  putBucketVersioning: PutBucketVersioningCommand,
  putObject: PutObjectCommand,
  putObjectAcl: PutObjectAclCommand,
  uploadPart: UploadPartCommand,
} as const;

export const STS_OPERATIONS = { getCallerIdentity: GetCallerIdentityCommand } as const;

export const KMS_OPERATIONS = {
  decrypt: DecryptCommand,
  generateDataKey: GenerateDataKeyCommand,
  getKeyPolicy: GetKeyPolicyCommand,
  listKeys: ListKeysCommand,
  putKeyPolicy: PutKeyPolicyCommand,
} as const;

export const IAM_OPERATIONS = { attachRolePolicy: AttachRolePolicyCommand, getRole: GetRoleCommand } as const;
