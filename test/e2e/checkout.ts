import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metadataVariables } from '../../lib/rehearsal/hosts/ec2';
import { administratorEnvironment, hostEnvironment } from '../../lib/rehearsal/simulated-environments';
import { type SimulatedAccount, type SimulatedHost, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import { ROOT } from './run-vault-env';

/** A checkout of the project, an account to deploy to and a host to verify on, as a person has them. */
export interface Checkout {
  readonly folder: string;
  readonly account: SimulatedAccount;
  readonly host: SimulatedHost;
  /** The environment of a shell with administrator credentials. */
  readonly administrator: NodeJS.ProcessEnv;
  /** The environment of a shell on the Vault host. */
  readonly onHost: NodeJS.ProcessEnv;
  readonly remove: () => Promise<void>;
}

/**
 * Makes the checkout in a temporary folder: what is written there does not reach the project.
 *
 * @param make - makes the folder that commands run in, instead of a checkout, and returns it
 */
export async function createCheckout(make: (folder: string) => string = linkProject): Promise<Checkout> {
  const temporary = mkdtempSync(join(tmpdir(), 'checkout-'));
  const [region, ...otherRegions] = regionsAsked('us-east-2');
  const account = await startSimulatedAccount({ accountId: '111122223333', region, otherRegions });
  importBucket(account.state, 'example-other-bucket');
  importBucket(account.state, 'example-access-logs');
  const host = await account.startHost();
  return {
    folder: make(join(temporary, 'checkout')),
    account,
    host,
    ...environmentsOf(account, host, temporary),
    remove: async () => {
      await account.stop();
      rmSync(temporary, { recursive: true });
    },
  };
}

function linkProject(folder: string): string {
  mkdirSync(folder);
  const entries = readdirSync(ROOT).filter((entry) => !/^(\.|cdktf\.out$)/.test(entry));
  for (const entry of entries) {
    if (entry === 'environments') cpSync(join(ROOT, entry), join(folder, entry), { recursive: true });
    else symlinkSync(join(ROOT, entry), join(folder, entry));
  }
  return folder;
}

function environmentsOf(account: SimulatedAccount, host: SimulatedHost, temporary: string) {
  const [certificateFile, emptyFile, home] = ['ca.pem', 'empty', 'home'].map((name) => join(temporary, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(certificateFile, account.caCertificatePem);
  writeFileSync(emptyFile, '');
  mkdirSync(home);
  const endpoint = { endpoint: account.endpoint, certificateFile, emptyFile, region: 'us-east-2' };
  const mirror = process.env.VAULT_ENV_PROVIDER_MIRROR;
  return {
    administrator: {
      ...administratorEnvironment(process.env, endpoint, account.administrator),
      ...(mirror && {
        TF_CLI_ARGS_init: `-plugin-dir=${mirror}`,
        TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirror}`,
      }),
      CHECKPOINT_DISABLE: '1',
    },
    onHost: hostEnvironment(process.env, { ...endpoint, home, credentials: metadataVariables(host.metadataEndpoint) }),
  };
}

/** Runs a line of shell. Not synchronously, because the simulated account answers from this process. */
export function runShell(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) =>
    execFile('bash', ['-c', command], options, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    ),
  );
}
