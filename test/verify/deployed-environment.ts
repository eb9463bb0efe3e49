import { Agent } from 'node:https';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import type { Capability } from '../../lib/policy/capabilities';
import type { PolicyDocument } from '../../lib/policy/document';
import { type EnvironmentKeys, kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { allowedActions, forbiddenActs } from '../../lib/policy/permission-profile';
import { bucketArn, instanceProfileArn, roleArn, roleName, VERIFICATION_PREFIX } from '../../lib/policy/resource-names';
import type { PolicyTarget } from '../../lib/policy/target';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import type { DefaultRetention } from '../../lib/verify/result/locked-versions';

export type Method = 'AES-256' | 'AWS-KMS';

/** Clients with the rights of the account's administrator. */
export interface Administrator {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
}

/** An environment that stands in the simulated account. */
export interface DeployedEnvironment {
  readonly account: SimulatedAccount;
  readonly administrator: Administrator;
  readonly target: PolicyTarget;
  readonly keyArn: string | undefined;
  readonly formerKeyArn: string | undefined;
  readonly config: BackupEnvironment;
}

export interface Deployment {
  readonly method: Method;
  /** @default ['backup', 'versioning'] */
  readonly capabilities?: readonly Capability[];
  /** Default retention of Object Lock. @default none */
  readonly objectLock?: DefaultRetention;
  /** Whether there is a key of earlier backups, with a backup under it. @default false */
  readonly hasFormerKey?: boolean;
}

/** An object that was in the bucket before verification, and has to stay. */
const BACKUP = 'backups/2024.gz';

/** Makes an environment the way an administrator would, with the policies of the product. */
export async function deployEnvironment(
  account: SimulatedAccount,
  target: PolicyTarget,
  { method, capabilities = ['backup', 'versioning'], objectLock, hasFormerKey = false }: Deployment,
): Promise<DeployedEnvironment> {
  const administrator = administratorOf(account, target.region);
  const keyArn = method === 'AWS-KMS' ? await createKey(administrator.kms, target) : undefined;
  const formerKeyArn = hasFormerKey ? await createOpenKey(administrator) : undefined;
  const keys = keysOf(keyArn, formerKeyArn);
  await createBucket(administrator.s3, target, keyArn);
  if (formerKeyArn !== undefined) await putBackupUnder({ administrator, target, keyArn }, formerKeyArn);
  await createRole(administrator.iam, target, {
    s3: s3IdentityPolicy(target, capabilities),
    ...((keyArn ?? formerKeyArn) !== undefined && { kms: kmsIdentityPolicy(target, keys) }),
  });
  if (objectLock !== undefined) await lockObjects(administrator.s3, target, objectLock);
  const config = configOf(target, { method, capabilities, keyArn, formerKeyArn, objectLock });
  return { account, administrator, target, keyArn, formerKeyArn, config };
}

const administrators = new WeakMap<SimulatedAccount, Administrator>();

/** One for each account: making clients and opening connections takes longer than what they are used for. */
function administratorOf(account: SimulatedAccount, region: string): Administrator {
  const made = administrators.get(account) ?? connectAdministrator(account, region);
  administrators.set(account, made);
  return made;
}

function connectAdministrator(account: SimulatedAccount, region: string): Administrator {
  const { endpoint, administrator: credentials, caCertificatePem } = account;
  const httpsAgent = new Agent({ ca: caCertificatePem, keepAlive: true });
  const config = { region, endpoint, credentials, requestHandler: { httpsAgent } };
  // IAM is signed for the region of its control plane, which the SDK only knows of AWS's own endpoints.
  const iam = new IAMClient({ ...config, region: 'us-east-1' });
  return { s3: new S3Client(config), iam, kms: new KMSClient(config) };
}

/** The name of one of the role's policies. */
export function policyNameOf(target: PolicyTarget, kind: 's3' | 'kms'): string {
  return `${roleName(target)}-${kind}`;
}

async function createKey(kms: KMSClient, target: PolicyTarget): Promise<string> {
  const Policy = JSON.stringify(keyPolicy(target, { isCurrent: true, deletionProtection: false }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy }));
  const KeyId = KeyMetadata?.KeyId;
  await kms.send(new EnableKeyRotationCommand({ KeyId }));
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${roleName(target)}`, TargetKeyId: KeyId }));
  return KeyMetadata?.Arn ?? '';
}

function keysOf(current: string | undefined, former: string | undefined): EnvironmentKeys {
  return { ...(current !== undefined && { current }), ...(former !== undefined && { former: [former] }) };
}

/** A key with AWS's default policy, which leaves it to IAM who may use it. */
export async function createOpenKey({ kms }: Pick<Administrator, 'kms'>): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return KeyMetadata?.Arn ?? '';
}

/** Puts a backup while that key is the default of the bucket. */
export async function putBackupUnder(
  { administrator, target, keyArn }: Pick<DeployedEnvironment, 'administrator' | 'target' | 'keyArn'>,
  otherKeyArn: string,
): Promise<void> {
  const { s3 } = administrator;
  const { bucket: Bucket } = target;
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ...defaultEncryption(otherKeyArn) }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'backups/2025.gz', Body: 'a backup' }));
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ...defaultEncryption(keyArn) }));
}

async function createBucket(s3: S3Client, { region, ...target }: PolicyTarget, keyArn: string | undefined) {
  const { bucket: Bucket } = target;
  const LocationConstraint = region as 'us-east-2';
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  const Rules = [{ ObjectOwnership: 'BucketOwnerEnforced' as const }];
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: EVERYTHING_BLOCKED }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  // Before its key encrypts it: the administrator may not use the key.
  await s3.send(new PutObjectCommand({ Bucket, Key: BACKUP, Body: 'a backup' }));
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ...defaultEncryption(keyArn) }));
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: LIFECYCLE } }));
  const method = keyArn === undefined ? ({ method: 'AES-256' } as const) : ({ method: 'AWS-KMS', keyArn } as const);
  const Policy = JSON.stringify(bucketPolicy({ region, ...target }, method));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

/** Switches Object Lock on; without a default retention, it locks no new version. */
export async function lockObjects(s3: S3Client, { bucket: Bucket }: PolicyTarget, lock?: DefaultRetention) {
  const Rule = lock && { DefaultRetention: { Mode: lock.mode, Days: lock.retentionDays } };
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, ...(Rule && { Rule }) };
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
}

const EVERYTHING_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const LIFECYCLE = [
  {
    ID: 'abort-incomplete-uploads',
    Status: 'Enabled' as const,
    Filter: {},
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
];

/** Default encryption as the stack sets it. */
export function defaultEncryption(keyArn: string | undefined, { isBucketKeyOn = true, isSseCBlocked = true } = {}) {
  const ApplyServerSideEncryptionByDefault =
    keyArn === undefined
      ? ({ SSEAlgorithm: 'AES256' } as const)
      : ({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } as const);
  const BucketKeyEnabled = keyArn !== undefined && isBucketKeyOn;
  const BlockedEncryptionTypes = { EncryptionType: [isSseCBlocked ? ('SSE-C' as const) : ('NONE' as const)] };
  const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled, BlockedEncryptionTypes }];
  return { ServerSideEncryptionConfiguration: { Rules } };
}

async function createRole(
  iam: IAMClient,
  target: PolicyTarget,
  policies: Partial<Record<'s3' | 'kms', PolicyDocument>>,
) {
  const RoleName = roleName(target);
  const Path = target.rolePath;
  const AssumeRolePolicyDocument = JSON.stringify(ec2TrustPolicy(target));
  await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
  for (const [kind, document] of Object.entries(policies)) {
    const PolicyName = policyNameOf(target, kind as 's3');
    const created = await iam.send(
      new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: created.Policy?.Arn }));
  }
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName, Path }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
}

interface Made extends Required<Omit<Deployment, 'objectLock' | 'hasFormerKey'>> {
  readonly formerKeyArn: string | undefined;
  readonly objectLock: DefaultRetention | undefined;
  readonly keyArn: string | undefined;
}

function configOf(
  target: PolicyTarget,
  { method, capabilities, keyArn, formerKeyArn, objectLock }: Made,
): BackupEnvironment {
  const { name, account, region, bucket } = target;
  return {
    version: 2,
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
      ...(formerKeyArn !== undefined && { formerKeyArns: [formerKeyArn] }),
      ...(objectLock && { objectLock }),
      bucketKey: keyArn !== undefined,
      roleArn: roleArn(target),
    },
    host: { kind: 'ec2', instanceProfileArn: instanceProfileArn(target) },
    permissions: {
      capabilities: [...capabilities],
      allowed: [...allowedActions(target, capabilities, keysOf(keyArn, formerKeyArn))],
      forbidden: [...forbiddenActs(target, { method, objectLock: objectLock && { ended: false } }, capabilities)],
      verificationPrefix: VERIFICATION_PREFIX,
    },
    evidence: { stackSha256: '0'.repeat(64) },
  };
}
