import { rootCertificates } from 'node:tls';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import type { PolicyDocument } from '../../lib/policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { allowedActions, forbiddenActs } from '../../lib/policy/permission-profile';
import { bucketArn, instanceProfileArn, roleArn, roleName, VERIFICATION_PREFIX } from '../../lib/policy/resource-names';
import type { PolicyTarget } from '../../lib/policy/target';
import { ec2TrustPolicy } from '../../lib/policy/trust-policy';
import type { SimulatedAccount } from '../../lib/simulated-aws';

/** The policies and settings of an environment; a defect replaces some of them. */
export interface Blueprint {
  readonly bucket: PolicyDocument;
  readonly s3: PolicyDocument;
  readonly kms: PolicyDocument | undefined;
  readonly key: PolicyDocument;
  readonly isSseCBlocked: boolean;
  readonly versioning: 'Enabled' | 'Suspended';
  readonly isEncryptedWithKey: boolean;
}

export type Defect = (good: Blueprint) => Blueprint;

/** An object that was in the bucket before verification, and has to stay. */
const BACKUP = 'backups/2024.gz';

const CAPABILITIES = ['backup', 'versioning'] as const;

/** Makes an environment the way an administrator would, with the policies of the product. */
export async function deployEnvironment(
  account: SimulatedAccount,
  target: PolicyTarget,
  { method, defect }: { readonly method: 'AES-256' | 'AWS-KMS'; readonly defect: Defect },
): Promise<BackupEnvironment> {
  const clients = administratorOf(account, target.region);
  const keyArn = method === 'AWS-KMS' ? await createKey(clients.kms, keyPolicy(target)) : undefined;
  const blueprint = defect({
    bucket: bucketPolicy(target, keyArn === undefined ? { method: 'AES-256' } : { method: 'AWS-KMS', keyArn }),
    s3: s3IdentityPolicy(target, CAPABILITIES),
    kms: keyArn === undefined ? undefined : kmsIdentityPolicy(target, keyArn),
    key: keyPolicy(target),
    isSseCBlocked: true,
    versioning: 'Enabled',
    isEncryptedWithKey: keyArn !== undefined,
  });
  if (keyArn !== undefined) await putKeyPolicy(clients.kms, keyArn, blueprint.key);
  await createBucket(clients.s3, target, { blueprint, keyArn });
  await createRole(clients.iam, target, blueprint);
  return configOf(target, method, keyArn);
}

function administratorOf({ endpoint, administrator, caCertificatePem }: SimulatedAccount, region: string) {
  const config = {
    region,
    endpoint,
    credentials: administrator,
    requestHandler: { httpsAgent: { ca: [...rootCertificates, caCertificatePem] } },
  };
  // IAM is signed for the region of its control plane, which the SDK only knows of AWS's own endpoints.
  const iam = new IAMClient({ ...config, region: 'us-east-1' });
  return { s3: new S3Client(config), iam, kms: new KMSClient(config) };
}

async function createKey(kms: KMSClient, policy: PolicyDocument): Promise<string> {
  // The administrator's own identity policy admits everything, and the key policy leaves administration to IAM.
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: JSON.stringify(policy) }));
  return KeyMetadata?.Arn ?? '';
}

async function putKeyPolicy(kms: KMSClient, KeyId: string, policy: PolicyDocument): Promise<void> {
  await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(policy) }));
}

interface BucketSettings {
  readonly blueprint: Blueprint;
  readonly keyArn: string | undefined;
}

async function createBucket(s3: S3Client, { bucket: Bucket, region }: PolicyTarget, settings: BucketSettings) {
  const { blueprint } = settings;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region as 'us-east-2' } }),
  );
  const Rules = [{ ObjectOwnership: 'BucketOwnerEnforced' as const }];
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  const VersioningConfiguration = { Status: blueprint.versioning };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket, Key: BACKUP, Body: 'a backup' }));
  const ServerSideEncryptionConfiguration = { Rules: [encryptionRule(settings)] };
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(blueprint.bucket) }));
}

function encryptionRule({ blueprint, keyArn }: BucketSettings): ServerSideEncryptionRule {
  const isWithKey = keyArn !== undefined && blueprint.isEncryptedWithKey;
  return {
    ApplyServerSideEncryptionByDefault: isWithKey
      ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn }
      : { SSEAlgorithm: 'AES256' },
    BucketKeyEnabled: isWithKey,
    // New buckets block SSE-C by themselves, which would hide that the bucket policy does not.
    BlockedEncryptionTypes: { EncryptionType: [blueprint.isSseCBlocked ? 'SSE-C' : 'NONE'] },
  };
}

async function createRole(iam: IAMClient, target: PolicyTarget, { s3, kms }: Blueprint): Promise<void> {
  const RoleName = roleName(target);
  const Path = target.rolePath;
  const AssumeRolePolicyDocument = JSON.stringify(ec2TrustPolicy(target));
  await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
  for (const [suffix, document] of Object.entries({ s3, kms })) {
    if (document === undefined) continue;
    const PolicyName = `${RoleName}-${suffix}`;
    const created = await iam.send(
      new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: created.Policy?.Arn }));
  }
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName, Path }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
}

function configOf(target: PolicyTarget, method: 'AES-256' | 'AWS-KMS', keyArn: string | undefined): BackupEnvironment {
  const { name, account, region, bucket } = target;
  return {
    version: 1,
    environment: name,
    form: {
      storageType: 'AWS S3',
      label: name,
      roleBasedControl: true,
      bucketName: bucket,
      encryption: method,
      ...(keyArn !== undefined && { masterKey: keyArn }),
    },
    aws: {
      account,
      partition: 'aws',
      region,
      bucketArn: bucketArn(target),
      ...(keyArn !== undefined && { keyArn }),
      bucketKey: keyArn !== undefined,
      roleArn: roleArn(target),
      instanceProfileArn: instanceProfileArn(target),
    },
    permissions: {
      capabilities: [...CAPABILITIES],
      allowed: [...allowedActions(target, CAPABILITIES, keyArn)],
      forbidden: [...forbiddenActs(method)],
      verificationPrefix: VERIFICATION_PREFIX,
    },
    evidence: { stackSha256: '0'.repeat(64) },
  };
}
