import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { CREATED_KEY } from '../lib/config/encryption/schema';
import type { Environment } from '../lib/config/environment';
import { managesKeyInUse } from '../lib/config/managed-key';
import { OWN_TAG } from '../lib/config/own-tag';
import { stateOf } from '../lib/config/state';
import { BackupBucket } from '../lib/constructs/backup-bucket';
import { backupEnvironmentOutput } from '../lib/constructs/backup-environment-output';
import { BackupKey, BackupKeyGuard, releaseKey } from '../lib/constructs/backup-key';
import { lockOuts, type ResourcePolicies } from '../lib/constructs/deployer-access';
import { addHost } from '../lib/constructs/hosts';
import { addImportBlocks } from '../lib/constructs/import-blocks';
import { addStateBackend } from '../lib/constructs/state-backend';
import { addVersionsFile } from '../lib/constructs/versions-file';
import { type BucketEncryption, bucketPolicy } from '../lib/policy/bucket-policy';
import { type EnvironmentKeys, kmsIdentityPolicy, s3IdentityPolicy } from '../lib/policy/identity-policies';
import { type CreatedKeyUse, keyPolicy } from '../lib/policy/key-policy';
import { roleName } from '../lib/policy/resource-names';
import { LOCK_FILE_VERSIONS_TEXT, VERSIONS_TEXT } from '../lib/versions-file';

/**
 * Both majors of the provider plan and apply the same JSON, but for releases that know `blocked_encryption_types` and
 * do not compute it: S3 sets it by itself, and every plan of theirs wants to take it back.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45157
 */
const NEVER_SETTLING = { major: 6, minors: { first: 22, last: 39 } };
const PROVIDER = { source: 'hashicorp/aws', version: ['>= 5.100.0', '< 7.0.0', ...excluded()].join(', ') };

/** One Vault backup environment: bucket, key, role and what Vault must be told of them. */
export class BackupEnvironmentStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment.name);
    this.connect(environment);
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
    new TerraformOutput(this, 'backup_environment', {
      staticId: true,
      description: 'What backup-environment.json is made from; nothing in it is secret.',
      value: backupEnvironmentOutput(environment, keys, host),
    });
  }

  /** What an audit judges by in place of its own figures, where a plan shows it as well. */
  private tellLimits({ limits }: Environment): void {
    if (limits === undefined) return;
    new TerraformOutput(this, 'audit_limits', {
      staticId: true,
      description: 'Figures of the environment file that an audit judges by.',
      value: limits,
    });
  }

  /** No stack refers to another, so there are no references to prepare. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  private connect(environment: Environment): void {
    new AwsProvider(this, 'aws', {
      region: environment.region,
      allowedAccountIds: [environment.account],
      defaultTags: [{ tags: { ...environment.tags, [OWN_TAG]: environment.name } }],
    });
    this.addOverride('terraform.required_providers.aws', PROVIDER);
    const state = stateOf(environment);
    addVersionsFile(this, state.kind === 's3' ? LOCK_FILE_VERSIONS_TEXT : VERSIONS_TEXT);
    // Three levels up: whoever removes cdktf.out does not remove a state with it.
    const path = `../../../terraform.${environment.name}.tfstate`;
    addStateBackend(this, state.kind === 'local' ? { ...state, path } : state);
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

function excluded(): readonly string[] {
  const { major, minors } = NEVER_SETTLING;
  const numbers = Array.from({ length: minors.last - minors.first + 1 }, (_, index) => minors.first + index);
  return numbers.flatMap((minor) => [`!= ${major}.${minor}.0`, `!= ${major}.${minor}.1`]);
}

function hasKeys({ current, former = [] }: EnvironmentKeys): boolean {
  return current !== undefined || former.length > 0;
}

/** What the key that this environment creates or takes over is there for; undefined when it does neither. */
function createdKeyUse(environment: Environment): CreatedKeyUse | undefined {
  const { encryption, deletionProtection } = environment;
  const isCurrent = managesKeyInUse(environment);
  return isCurrent || encryption.former.includes(CREATED_KEY) ? { isCurrent, deletionProtection } : undefined;
}

function resourcePolicies(environment: Environment): ResourcePolicies {
  const use = createdKeyUse(environment);
  return {
    bucketPolicy: bucketPolicy(environment, bucketEncryption(environment), environment.capabilities),
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
