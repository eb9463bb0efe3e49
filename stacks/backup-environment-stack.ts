import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { CREATED_KEY } from '../lib/config/encryption/schema';
import type { Environment } from '../lib/config/environment';
import { managesKeyInUse } from '../lib/config/managed-key';
import { BackupBucket } from '../lib/constructs/backup-bucket';
import { backupEnvironmentOutput } from '../lib/constructs/backup-environment-output';
import { BackupKey, BackupKeyGuard, releaseKey } from '../lib/constructs/backup-key';
import { lockOuts, type ResourcePolicies } from '../lib/constructs/deployer-access';
import { addHost } from '../lib/constructs/hosts';
import { addImportBlocks } from '../lib/constructs/import-blocks';
import { type BucketEncryption, bucketPolicy } from '../lib/policy/bucket-policy';
import { type EnvironmentKeys, kmsIdentityPolicy, s3IdentityPolicy } from '../lib/policy/identity-policies';
import { type CreatedKeyUse, keyPolicy } from '../lib/policy/key-policy';
import { roleName } from '../lib/policy/resource-names';
import { AccountStack } from './account-stack';

/** A Vault backup environment: bucket, key, role and what Vault must be told of them. */
export class BackupEnvironmentStack extends AccountStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment);
    const keys = this.keysOf(environment);
    const policies = resourcePolicies(environment);
    this.node.addValidation({ validate: () => [...lockOuts(environment, policies)] });
    new BackupBucket(this, 'bucket', {
      ...environment,
      name: environment.bucket,
      policy: policies.bucketPolicy,
      ...(keys.current !== undefined && { keyArn: keys.current }),
    });
    const host = addHost(this, environment, {
      name: roleName(environment),
      path: environment.rolePath,
      description: `Vault backup environment ${environment.name}`,
      s3Policy: s3IdentityPolicy(environment, environment.capabilities),
      ...(hasKeys(keys) && { kmsPolicy: kmsIdentityPolicy(environment, keys) }),
      ...(environment.permissionsBoundary && { permissionsBoundary: environment.permissionsBoundary }),
      holdsNothingElse: environment.adopt.includes('role'),
    });
    const { encryption } = environment;
    addImportBlocks(this, {
      ...environment,
      usesKeys: hasKeys(keys),
      ...('key' in encryption && { keyArn: encryption.key }),
    });
    this.tellLimits(environment);
    this.tellKept(environment);
    new TerraformOutput(this, 'backup_environment', {
      staticId: true,
      description: 'What backup-environment.json is made from; nothing in it is secret.',
      value: backupEnvironmentOutput(environment, keys, host),
    });
  }

  /** Figures that an audit judges by in place of its own, where a plan shows them as well. */
  private tellLimits({ limits }: Environment): void {
    if (limits === undefined) return;
    new TerraformOutput(this, 'audit_limits', {
      staticId: true,
      description: 'Figures of the environment file that an audit judges by.',
      value: limits,
    });
  }

  /** Who answers for statements of the bucket policy that do not follow from the rest. */
  private tellKept({ bucketPolicy: kept }: Environment): void {
    if (kept === undefined) return;
    new TerraformOutput(this, 'bucket_policy_kept', {
      staticId: true,
      description: 'Statements of the bucket policy that are kept on purpose, and who answers for them.',
      value: kept.keep.map(({ reason, owner, statement }) => ({ sid: statement.Sid, reason, owner })),
    });
  }

  private keysOf(environment: Environment): EnvironmentKeys {
    const { encryption } = environment;
    const created = this.createdKeyArn(environment);
    const current = managesKeyInUse(environment) ? created : 'key' in encryption ? encryption.key : undefined;
    const former = encryption.former.flatMap((key) => (key === CREATED_KEY ? (created ?? []) : key));
    return { ...(current !== undefined && { current }), former };
  }

  private createdKeyArn(environment: Environment): string | undefined {
    const use = createdKeyUse(environment);
    if (use !== undefined) {
      return new BackupKey(this, 'key', {
        alias: roleName(environment),
        description: `Vault backup environment ${environment.name}`,
        policy: keyPolicy(environment, use),
        deletionProtection: environment.deletionProtection,
      }).arn;
    }
    if (environment.encryption.givenUp.includes(CREATED_KEY)) releaseKey(this);
    else if (environment.deletionProtection) new BackupKeyGuard(this, 'key', { policy: keyPolicy(environment) });
    return undefined;
  }
}

function hasKeys({ current, former = [] }: EnvironmentKeys): boolean {
  return current !== undefined || former.length > 0;
}

/** Use of the key that this environment creates or takes over; undefined when it does neither. */
function createdKeyUse(environment: Environment): CreatedKeyUse | undefined {
  const { encryption, deletionProtection } = environment;
  const isCurrent = managesKeyInUse(environment);
  return isCurrent || encryption.former.includes(CREATED_KEY) ? { isCurrent, deletionProtection } : undefined;
}

function resourcePolicies(environment: Environment): ResourcePolicies {
  const use = createdKeyUse(environment);
  return {
    bucketPolicy: bucketPolicy(
      environment,
      bucketEncryption(environment),
      environment.capabilities,
      environment.bucketPolicy?.keep.map(({ statement }) => statement),
    ),
    ...(use && { keyPolicy: keyPolicy(environment, use) }),
  };
}

function bucketEncryption(environment: Environment): BucketEncryption {
  const { encryption } = environment;
  if (encryption.method !== 'AWS-KMS' || encryption.key === undefined || managesKeyInUse(environment)) {
    return { method: encryption.method };
  }
  return { method: encryption.method, keyArn: encryption.key };
}
