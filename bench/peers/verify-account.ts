import { instanceProfileIn } from '../../test/support/instance-profile';
import { deploy, startAccount } from '../../test/verify/verify-deployed';

/** Facts for the benchmark about an account that runs in a process of its own. */
export interface BenchAccount {
  readonly config: string;
  readonly otherBucket: string;
  readonly endpoint: string;
  readonly metadataEndpoint: string;
  readonly caCertificatePem: string;
}

/** Milliseconds that every request waits. */
export const LATENCY_MS = 50;

async function main(): Promise<void> {
  const account = await startAccount();
  const { config, target } = await deploy(account, { method: 'AWS-KMS' });
  const host = await account.startHost();
  host.attachInstanceProfile(instanceProfileIn(config));
  account.faults.set([{ fault: { kind: 'latency', latencyMs: LATENCY_MS } }]);
  const { endpoint, caCertificatePem } = account;
  const { metadataEndpoint } = host;
  const otherBucket = `${target.name}-other`;
  const message = { config: JSON.stringify(config), otherBucket, endpoint, metadataEndpoint, caCertificatePem };
  process.send?.(message satisfies BenchAccount);
  process.once('disconnect', () => process.exit());
}

if (process.send !== undefined) void main();
