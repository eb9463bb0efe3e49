import { randomUUID } from 'node:crypto';
import { type Aws, connectAws } from '../../lib/aws/connect';
import type { PolicyTarget } from '../../lib/policy/target';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import type { Verification } from '../../lib/verify/result/verification';
import type { VerifyOptions } from '../../lib/verify/run/verify-options';
import { verify } from '../../lib/verify/verify';
import { instanceProfileIn } from '../support/instance-profile';
import { type DeployedEnvironment, type Deployment, deployEnvironment } from './deployed-environment';

export const ACCOUNT = '111122223333';
const REGION = 'us-east-2';
const saved = { ...process.env };
let lastNumber = 0;

export async function startAccount(options: { readonly now?: () => Date } = {}): Promise<SimulatedAccount> {
  const [region, ...otherRegions] = regionsAsked(REGION);
  return startSimulatedAccount({ accountId: ACCOUNT, region, otherRegions, ...options });
}

export async function stopAccount(account: SimulatedAccount): Promise<void> {
  process.env = saved;
  await account.stop();
}

/** A new environment, and another bucket beside it that its role must not reach. */
export async function deploy(account: SimulatedAccount, deployment: Deployment): Promise<DeployedEnvironment> {
  const name = `acme-${++lastNumber}`;
  const target: PolicyTarget = {
    name,
    partition: 'aws',
    account: ACCOUNT,
    region: REGION,
    bucket: `${name}-backup`,
    rolePath: '/vault/',
  };
  importBucket(account.state, otherBucketOf({ target }));
  return deployEnvironment(account, target, deployment);
}

function otherBucketOf({ target }: Pick<DeployedEnvironment, 'target'>): string {
  return `${target.name}-other`;
}

/** Connects as a host does that carries the environment's instance profile, and no key. */
export async function connectAsHost({ account, config }: DeployedEnvironment): Promise<Aws> {
  const host = await account.startHost();
  host.attachInstanceProfile(instanceProfileIn(config));
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  return connectAws({ region: REGION, caCertificatesPem: account.caCertificatePem });
}

/** Verifies without waiting for anything: what the account holds is in force at once. */
export async function verifyDeployed(
  live: DeployedEnvironment,
  options: Partial<VerifyOptions> = {},
): Promise<Verification> {
  const aws = options.aws ?? (await connectAsHost(live));
  try {
    return await verify({
      config: live.config,
      otherBucket: otherBucketOf(live),
      now: () => new Date(),
      randomId: randomUUID,
      timeoutMs: 0,
      settleMs: 0,
      acceptsOtherEndpoints: true,
      ...options,
      aws,
    });
  } finally {
    if (options.aws === undefined) aws.close();
  }
}
