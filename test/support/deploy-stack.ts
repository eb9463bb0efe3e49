import { createSecureContext } from 'node:tls';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createBackupEnvironment } from '../../lib/backup-environment';
import type { BackupEnvironment, StackOutput } from '../../lib/backup-environment/schema';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';

/** Clients of the account's administrator. */
export interface Administrator {
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly kms: KMSClient;
  /** A request to IAM Roles Anywhere; the ARN of what is made. @throws {Error} when it is refused */
  readonly rolesAnywhere: (method: string, target: string, body?: object) => Promise<string>;
}

async function askRolesAnywhere(account: SimulatedAccount, method: string, target: string, body?: object) {
  const answer = await ask(account, { method, target, ...(body && { body }) });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  const [[member, made] = ['', {}]] = Object.entries(answer.body);
  return (made as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

export function administratorOf(account: SimulatedAccount): Administrator {
  const { endpoint, administrator, caCertificatePem, state } = account;
  const config = {
    region: state.region,
    endpoint,
    credentials: administrator,
    requestHandler: { httpsAgent: { secureContext: createSecureContext({ ca: caCertificatePem }), keepAlive: true } },
  };
  // IAM is signed for the region of its control plane, which the SDK only knows of AWS's own endpoints.
  const iam = new IAMClient({ ...config, region: 'us-east-1' });
  const rolesAnywhere = askRolesAnywhere.bind(undefined, account);
  return { iam, s3: new S3Client(config), kms: new KMSClient(config), rolesAnywhere };
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments of any resource of a synthesized stack
type Resource = any;

/** Makes in a moment what Terraform makes of a synthesized stack in a minute, and answers with the config. */
export async function deployStack(clients: Administrator, stackText: string): Promise<BackupEnvironment> {
  const keyArn = await createKey(clients.kms, made(JSON.parse(stackText).resource.aws_kms_key?.backup));
  const withKey = stackText.replaceAll('${aws_kms_key.backup.arn}', keyArn ?? '');
  const stack = JSON.parse(await createCertificateHost(clients, withKey));
  const { resource, output, provider } = stack;
  await createBucket(clients.s3, resource, provider.aws[0]);
  const value: StackOutput = output.backup_environment.value;
  if (resource.aws_iam_role === undefined) await createPolicies(clients.iam, resource, nameOf(value.aws.roleArn));
  else await createRole(clients.iam, resource);
  return createBackupEnvironment(value, { text: stackText, file: 'cdk.tf.json' });
}

/** A block with a count of 0 makes nothing. */
function made(block: Resource): Resource {
  return block?.count === 0 ? undefined : block;
}

async function createKey(kms: KMSClient, key: Resource): Promise<string | undefined> {
  if (key === undefined) return undefined;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: key.policy, Description: key.description }));
  await kms.send(new EnableKeyRotationCommand({ KeyId: KeyMetadata?.Arn }));
  return KeyMetadata?.Arn;
}

/** Makes trust anchor and profile, and puts their ARNs in the place of the references to them. */
async function createCertificateHost({ rolesAnywhere }: Administrator, text: string): Promise<string> {
  const { resource } = JSON.parse(text);
  const anchor = resource.aws_rolesanywhere_trust_anchor?.vault;
  const profile = resource.aws_rolesanywhere_profile?.vault;
  if (profile === undefined) return text;
  const anchorArn = anchor && (await rolesAnywhere('POST', '/trustanchors', anchorOf(anchor)));
  const profileArn = await rolesAnywhere('POST', '/profiles', {
    ...{ name: profile.name, enabled: profile.enabled, roleArns: profile.role_arns },
    durationSeconds: profile.duration_seconds,
  });
  return text
    .replaceAll('${aws_rolesanywhere_trust_anchor.vault.arn}', anchorArn ?? '')
    .replaceAll('${aws_rolesanywhere_profile.vault.arn}', profileArn);
}

function anchorOf({ name, enabled, source }: Resource): object {
  const [{ source_type: sourceType, source_data }] = [source].flat();
  const [{ x509_certificate_data: x509CertificateData, acm_pca_arn: acmPcaArn }] = [source_data].flat();
  return { name, enabled, source: { sourceType, sourceData: { x509CertificateData, acmPcaArn } } };
}

async function createBucket(s3: S3Client, resource: Resource, provider: Resource): Promise<void> {
  const { bucket: Bucket, object_lock_enabled: ObjectLockEnabledForBucket } = resource.aws_s3_bucket.backup;
  const CreateBucketConfiguration = { LocationConstraint: provider.region };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket }));
  const send = (Command: Resource, input: object) => s3.send(new Command({ Bucket, ...input }));
  await send(PutBucketVersioningCommand, { VersioningConfiguration: { Status: 'Enabled' } });
  await send(PutPublicAccessBlockCommand, {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  await send(PutBucketOwnershipControlsCommand, {
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
  await send(PutBucketEncryptionCommand, {
    ServerSideEncryptionConfiguration: { Rules: [encryptionRule(resource)] },
  });
  await send(PutBucketPolicyCommand, { Policy: resource.aws_s3_bucket_policy.backup.policy });
  await send(PutBucketLifecycleConfigurationCommand, {
    LifecycleConfiguration: { Rules: resource.aws_s3_bucket_lifecycle_configuration.backup.rule.map(lifecycleRule) },
  });
  const tags = Object.entries({ ...provider.default_tags[0].tags, ...resource.aws_s3_bucket.backup.tags });
  await send(PutBucketTaggingCommand, { Tagging: { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) } });
  const logging = resource.aws_s3_bucket_logging?.backup;
  if (logging) await createLogTarget(s3, logging, provider.region);
  await setOptions(send, resource);
}

/** The bucket for the logs is there before the stack, and shared. */
async function createLogTarget(s3: S3Client, { target_bucket: Bucket }: Resource, LocationConstraint: Resource) {
  const create = new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } });
  await s3.send(create).catch((error: Error) => {
    if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
  });
}

async function setOptions(send: (Command: Resource, input: object) => Promise<unknown>, resource: Resource) {
  const logging = resource.aws_s3_bucket_logging?.backup;
  const lock = made(resource.aws_s3_bucket_object_lock_configuration?.backup)?.rule.default_retention;
  if (logging) {
    const LoggingEnabled = { TargetBucket: logging.target_bucket, TargetPrefix: logging.target_prefix };
    await send(PutBucketLoggingCommand, { BucketLoggingStatus: { LoggingEnabled } });
  }
  if (lock) {
    const Rule = { DefaultRetention: { Mode: lock.mode, Days: lock.days } };
    await send(PutObjectLockConfigurationCommand, {
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
    });
  }
}

function encryptionRule(resource: Resource) {
  const [rule] = resource.aws_s3_bucket_server_side_encryption_configuration.backup.rule;
  const { sse_algorithm: SSEAlgorithm, kms_master_key_id: KMSMasterKeyID } =
    rule.apply_server_side_encryption_by_default;
  return {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID },
    BucketKeyEnabled: rule.bucket_key_enabled ?? false,
  };
}

function lifecycleRule(rule: Resource) {
  const [abort] = rule.abort_incomplete_multipart_upload ?? [];
  const [noncurrent] = rule.noncurrent_version_expiration ?? [];
  return {
    ID: rule.id,
    Status: rule.status,
    Filter: {},
    ...(abort && { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abort.days_after_initiation } }),
    ...(noncurrent && {
      NoncurrentVersionExpiration: { NoncurrentDays: noncurrent.noncurrent_days },
      Expiration: { ExpiredObjectDeleteMarker: true },
    }),
  };
}

async function createRole(iam: IAMClient, resource: Resource): Promise<void> {
  const { name: RoleName, path: Path, assume_role_policy, permissions_boundary } = resource.aws_iam_role.vault;
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path,
      AssumeRolePolicyDocument: assume_role_policy,
      PermissionsBoundary: permissions_boundary,
    }),
  );
  await createPolicies(iam, resource, RoleName);
  if (resource.aws_iam_instance_profile === undefined) return;
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName, Path }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
}

/** Attached by the stack, or by whoever owns a role that exists already. */
async function createPolicies(iam: IAMClient, resource: Resource, RoleName: string): Promise<void> {
  for (const { name, path, policy } of Object.values<Resource>(resource.aws_iam_policy ?? {})) {
    const created = await iam.send(new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: policy }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: created.Policy?.Arn }));
  }
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
