import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { policyDocument } from '../../lib/policy/document';
import { objectsArn, roleName } from '../../lib/policy/resource-names';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { administratorOf, deployStack } from '../support/deploy-stack';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import type { CredentialSource, Style } from './credential-sources';

export const EXAMPLE_NAMES = ['aes-256', 'aws-kms'] as const;
export type ExampleName = (typeof EXAMPLE_NAMES)[number];

/** A bucket of the account that the environment does not have. */
export const OTHER_BUCKET = 'example-other-bucket';

/** A machine with the role of an example, and the account that the example is deployed to. */
export interface VaultHost {
  readonly account: SimulatedAccount;
  readonly config: BackupEnvironment;
  readonly bucket: string;
  readonly region: string;
  /** None where the example has no key. */
  readonly keyArn: string | undefined;
  readonly caFile: string;
  /** A folder that is removed with the host. */
  readonly folder: string;
  /** Source of its credentials. */
  readonly credentials: CredentialSource;
  readonly administrator: S3Client;
  /** Gives the role one more right on the bucket's objects; the answer takes it away again. */
  readonly grant: (action: string) => Promise<() => Promise<unknown>>;
  readonly stop: () => Promise<void>;
}

/** Where S3 is for requests that name their bucket in this way. */
export function endpointOf({ endpoint }: SimulatedAccount, style: Style): string {
  return style === 'path' ? endpoint : endpoint.replace('127.0.0.1', 's3.localhost');
}

/** Starts an account in which the example is deployed as its stack says, and a host that has its role. */
export async function startVaultHost(name: ExampleName): Promise<VaultHost> {
  const environment = loadExample(EXAMPLES, name);
  const { account: accountId, region, bucket } = environment;
  const account = await startSimulatedAccount({ accountId, region });
  const folder = mkdtempSync(join(tmpdir(), 'vault-host-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, account.caCertificatePem);
  const clients = administratorOf(account);
  const config = await deployStack(clients, synthesizeStack(environment).text);
  const CreateBucketConfiguration = { LocationConstraint: environment.region as never };
  await clients.s3.send(new CreateBucketCommand({ Bucket: OTHER_BUCKET, CreateBucketConfiguration }));
  const host = await account.startHost();
  host.attachInstanceProfile(roleName(environment));
  return {
    account,
    config,
    bucket,
    region,
    keyArn: config.aws.keyArn,
    caFile,
    folder,
    credentials: { metadataEndpoint: host.metadataEndpoint, role: roleName(environment), region, folder },
    administrator: clients.s3,
    grant: (action) => grant(clients.iam, roleName(environment), action, objectsArn(environment)),
    stop: async () => {
      for (const client of [clients.iam, clients.s3, clients.kms]) client.destroy();
      await account.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function grant(iam: IAMClient, RoleName: string, action: string, Resource: string) {
  const document = policyDocument([{ Sid: 'More', Effect: 'Allow', Action: [action], Resource }]);
  const created = await iam.send(
    new CreatePolicyCommand({ PolicyName: action.replace(':', '-'), PolicyDocument: JSON.stringify(document) }),
  );
  const attachment = { RoleName, PolicyArn: created.Policy?.Arn };
  await iam.send(new AttachRolePolicyCommand(attachment));
  return () => iam.send(new DetachRolePolicyCommand(attachment));
}
