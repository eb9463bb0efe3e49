import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment';
import { OWN_TAG } from '../lib/config/schema';
import { BackupBucket } from '../lib/constructs/backup-bucket';
import { backupEnvironmentOutput } from '../lib/constructs/backup-environment-output';
import { BackupKey } from '../lib/constructs/backup-key';
import { lockOuts, type ResourcePolicies } from '../lib/constructs/deployer-access';
import { VaultRole } from '../lib/constructs/vault-role';
import { addVersionsFile } from '../lib/constructs/versions-file';
import { type BucketEncryption, bucketPolicy } from '../lib/policy/bucket-policy';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../lib/policy/identity-policies';
import { keyPolicy } from '../lib/policy/key-policy';
import { roleName } from '../lib/policy/resource-names';
import { ec2TrustPolicy } from '../lib/policy/trust-policy';

/** Both majors of the provider plan and apply the same JSON. */
const PROVIDER = { source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' };

/** One Vault backup environment: bucket, key, role and what Vault must be told of them. */
export class BackupEnvironmentStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment.name);
    this.connect(environment);
    const keyArn = this.keyArn(environment);
    const policies = resourcePolicies(environment);
    this.node.addValidation({ validate: () => [...lockOuts(environment, policies)] });
    new BackupBucket(this, 'bucket', {
      ...environment,
      name: environment.bucket,
      policy: policies.bucketPolicy,
      ...(keyArn !== undefined && { keyArn }),
    });
    new VaultRole(this, 'role', {
      name: roleName(environment),
      path: environment.rolePath,
      description: `Vault backup environment ${environment.name}`,
      trustPolicy: ec2TrustPolicy(environment),
      s3Policy: s3IdentityPolicy(environment, environment.capabilities),
      ...(keyArn !== undefined && { kmsPolicy: kmsIdentityPolicy(environment, keyArn) }),
      ...(environment.permissionsBoundary && { permissionsBoundary: environment.permissionsBoundary }),
    });
    new TerraformOutput(this, 'backup_environment', {
      staticId: true,
      description: 'What backup-environment.json is made from; nothing in it is secret.',
      value: backupEnvironmentOutput(environment, keyArn),
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
    addVersionsFile(this);
    // Three levels up: a state inside cdktf.out would go with the next synthesis.
    new LocalBackend(this, { path: `../../../terraform.${environment.name}.tfstate` });
  }

  private keyArn(environment: Environment): string | undefined {
    const { encryption } = environment;
    if (encryption.method !== 'AWS-KMS') return undefined;
    if (encryption.key !== undefined) return encryption.key;
    return new BackupKey(this, 'key', {
      alias: roleName(environment),
      description: `Vault backup environment ${environment.name}`,
      policy: keyPolicy(environment),
      deletionProtection: environment.deletionProtection,
    }).arn;
  }
}

function resourcePolicies(environment: Environment): ResourcePolicies {
  const encryption = bucketEncryption(environment);
  const isKeyCreated = encryption.method === 'AWS-KMS' && encryption.keyArn === undefined;
  return {
    bucketPolicy: bucketPolicy(environment, encryption),
    ...(isKeyCreated && { keyPolicy: keyPolicy(environment) }),
  };
}

function bucketEncryption({ encryption }: Environment): BucketEncryption {
  if (encryption.method !== 'AWS-KMS' || encryption.key === undefined) return { method: encryption.method };
  return { method: encryption.method, keyArn: encryption.key };
}
