import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import * as S3 from '@aws-sdk/client-s3';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import { type PolicyDocument, policyDocument } from '../../lib/policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { objectsArn, roleName } from '../../lib/policy/resource-names';
import { type SimulatedAccount, type SimulatedHost, startSimulatedAccount } from '../../lib/simulated-aws';

export const target = {
  name: 'acme',
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  rolePath: '/',
};

type Variables = Readonly<Record<string, string>>;

/** A machine with the role of an AWS-KMS environment, and the account that it belongs to. */
export interface VaultHost {
  readonly account: SimulatedAccount;
  readonly keyArn: string;
  readonly caFile: string;
  /** A folder that is removed with the host. */
  readonly folder: string;
  /** Lets a program find the role's credentials at the instance metadata service, as on EC2. */
  readonly metadataVariables: Variables;
  /** The role's credentials themselves, for programs that do not ask the metadata service where it is. */
  readonly credentialVariables: () => Promise<Variables>;
  readonly administrator: S3.S3Client;
  /** Gives the role one more right on the bucket's objects; the answer takes it away again. */
  readonly grant: (action: string) => Promise<() => Promise<unknown>>;
  readonly stop: () => Promise<void>;
}

/** Starts an account in which the environment is deployed with the policies of the stack, and a host that has its role. */
export async function startVaultHost(): Promise<VaultHost> {
  const account = await startSimulatedAccount({ accountId: target.account, region: target.region });
  const folder = mkdtempSync(join(tmpdir(), 'vault-host-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, account.caCertificatePem);
  const config = clientConfig(account);
  const iam = new IAMClient(config);
  const administrator = new S3.S3Client({ ...config, forcePathStyle: true });
  const keyArn = await deploy({ ...config, iam, s3: administrator });
  const host = await account.startHost();
  host.attachInstanceProfile(roleName(target));
  return {
    account,
    keyArn,
    caFile,
    folder,
    metadataVariables: {
      // Programs of a year ago want the slash behind it.
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `${host.metadataEndpoint}/`,
      AWS_DEFAULT_REGION: target.region,
    },
    credentialVariables: () => readCredentials(host),
    administrator,
    grant: (action) =>
      attach(
        iam,
        action.replace(':', '-'),
        policyDocument([{ Sid: 'More', Effect: 'Allow', Action: [action], Resource: objectsArn(target) }]),
      ),
    stop: async () => {
      administrator.destroy();
      iam.destroy();
      await account.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function clientConfig(account: SimulatedAccount) {
  return {
    endpoint: account.endpoint,
    region: target.region,
    credentials: account.administrator,
    requestHandler: { httpsAgent: new Agent({ ca: account.caCertificatePem }) },
  };
}

interface Deployer extends ReturnType<typeof clientConfig> {
  readonly iam: IAMClient;
  readonly s3: S3.S3Client;
}

async function deploy({ iam, s3, ...config }: Deployer): Promise<string> {
  const kms = new KMSClient(config);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: text(keyPolicy(target)) }));
  const keyArn = KeyMetadata?.Arn ?? '';
  await createRole(iam, keyArn);
  await createBucket(s3, keyArn);
  kms.destroy();
  return keyArn;
}

/** A policy of the role's own, under this name. @returns what takes it from the role */
async function attach(iam: IAMClient, name: string, policy: PolicyDocument): Promise<() => Promise<unknown>> {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: text(policy) }));
  const attachment = { RoleName: roleName(target), PolicyArn: Policy?.Arn };
  await iam.send(new AttachRolePolicyCommand(attachment));
  return () => iam.send(new DetachRolePolicyCommand(attachment));
}

async function createRole(iam: IAMClient, keyArn: string): Promise<void> {
  const name = { RoleName: roleName(target) };
  await iam.send(new CreateRoleCommand({ ...name, AssumeRolePolicyDocument: text(ec2TrustPolicy(target)) }));
  await attach(iam, `${roleName(target)}-s3`, s3IdentityPolicy(target, ['backup', 'versioning']));
  await attach(iam, `${roleName(target)}-kms`, kmsIdentityPolicy(target, { current: keyArn }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: roleName(target) }));
  await iam.send(new AddRoleToInstanceProfileCommand({ ...name, InstanceProfileName: roleName(target) }));
}

async function createBucket(s3: S3.S3Client, keyArn: string): Promise<void> {
  const Bucket = target.bucket;
  await s3.send(new S3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'us-east-2' } }));
  await s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn };
  const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
  await s3.send(new S3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  const Policy = text(bucketPolicy(target, { method: 'AWS-KMS', keyArn }));
  await s3.send(new S3.PutBucketPolicyCommand({ Bucket, Policy }));
}

function text(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/** Asks the metadata service as a host does: a token first, then the role's credentials. */
async function readCredentials({ metadataEndpoint }: SimulatedHost): Promise<Variables> {
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = await (await fetch(`${metadataEndpoint}/latest/api/token`, { method: 'PUT', headers })).text();
  const path = `/latest/meta-data/iam/security-credentials/${roleName(target)}`;
  const answer = await fetch(metadataEndpoint + path, { headers: { 'x-aws-ec2-metadata-token': token } });
  const credentials = (await answer.json()) as { AccessKeyId: string; SecretAccessKey: string; Token: string };
  return {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.Token,
    AWS_DEFAULT_REGION: target.region,
    AWS_REGION: target.region,
  };
}
