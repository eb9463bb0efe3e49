import type { Environment } from '../config/environment';
import { accountRegions } from '../rehearsal/account-regions';
import { prepareAccount } from '../rehearsal/prepare-account';
import {
  type AccountState,
  type FaultRule,
  type RequestLogEntry,
  requireAccount,
  type SimulatedAccount,
  startSimulatedAccount,
} from '../simulated-aws';
import { clientOnHost, clientWithCredentials } from './client-variables';
import { startEnvironmentHost } from './hosts';
import type { HostOfSimulation } from './hosts/host-of-simulation';
import { startInstance } from './hosts/instances';
import type { SigningKeys } from './signing-keys-file';
import { type HostSummary, SIMULATION_VERSION, type Simulation } from './simulation';

export interface SimulationOptions {
  /** At least one; the first is the default. */
  readonly accountIds: readonly string[];
  /** At least one; the first is the default. */
  readonly regions: readonly string[];
  readonly partition: string;
  /** Each gets what it expects to be there, and a host that waits for its instance profile. */
  readonly environments: readonly Environment[];
  /** Instance profile of the host of no environment, which exists when there are no environments. */
  readonly instanceProfileName?: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Port of the first host's metadata; 0 for a free one. */
  readonly metadataPort: number;
  readonly hopLimit: number;
  /** Absolute path of a folder that keeps everything. @default - kept in memory */
  readonly stateFolder?: string;
  readonly faults: readonly FaultRule[];
  readonly faultSeed?: string;
  readonly propagationDelayMs: number;
  readonly signingKeys?: SigningKeys;
  readonly onRequest: (entry: RequestLogEntry) => void;
  /** Called once the endpoint is there, before faults and delays begin. */
  readonly deploy: (account: SimulatedAccount) => Promise<void>;
  /** Folder of the package. */
  readonly root: string;
  /** Writes a file that lasts as long as the simulation, and returns where it is. */
  readonly writeFile: (name: string, text: string) => string;
}

export interface RunningSimulation {
  readonly account: SimulatedAccount;
  readonly summary: Simulation;
}

/** A host, and whose it is. */
interface PlacedHost {
  readonly host: HostOfSimulation;
  readonly account: AccountState;
  readonly environment?: Environment;
}

/**
 * Starts simulated accounts with everything that was asked for.
 *
 * @throws {ToolkitError} `PortNotFree`, `BadHopLimit`, `BadFaultRule`, and what `deploy` throws; nothing runs then
 */
export async function startSimulation(options: SimulationOptions): Promise<RunningSimulation> {
  const account = await startAccounts(options);
  try {
    const assumed = options.environments.flatMap(
      (environment) => prepareAccount(stateOf(account, environment), environment).assumed,
    );
    account.accounts.keep();
    const hosts = await startHosts(account, options);
    const caFile = options.writeFile('ca.pem', account.caCertificatePem);
    await options.deploy(account);
    for (const { host } of hosts) await host.afterDeployment();
    const summary = await summarize(account, { hosts, caFile, assumed: [...new Set(assumed)] });
    account.faults.set(options.faults);
    account.state.propagation.delayMs = options.propagationDelayMs;
    return { account, summary };
  } catch (error) {
    await account.stop();
    throw error;
  }
}

function startAccounts(options: SimulationOptions): Promise<SimulatedAccount> {
  const [accountId = '', ...otherAccountIds] = options.accountIds;
  const verified = accountRegions(options.environments.map((environment) => environment.region));
  const [region = '', ...otherRegions] = new Set([...options.regions, ...verified]);
  const { partition, port, faultSeed, stateFolder, signingKeys, onRequest } = options;
  return startSimulatedAccount({
    ...{ accountId, otherAccountIds, region, otherRegions, partition, port, onRequest },
    ...(faultSeed === undefined ? {} : { faultSeed }),
    ...(stateFolder === undefined ? {} : { stateFolder }),
    ...(signingKeys === undefined ? {} : { signingKeys }),
  });
}

function stateOf({ accounts }: SimulatedAccount, { account, region }: Environment): AccountState {
  return requireAccount(accounts, account, region);
}

async function startHosts(account: SimulatedAccount, options: SimulationOptions): Promise<readonly PlacedHost[]> {
  const { environments, root, hopLimit, instanceProfileName, writeFile } = options;
  const surroundings = { account, root, hopLimit, writeFile };
  if (environments.length === 0) {
    const lone = { ...surroundings, state: account.state, port: options.metadataPort };
    return [{ host: await startInstance(lone, instanceProfileName), account: account.state }];
  }
  const hosts: PlacedHost[] = [];
  for (const environment of environments) {
    const state = stateOf(account, environment);
    const port = hosts.length === 0 ? options.metadataPort : 0;
    const host = await startEnvironmentHost({ ...surroundings, state, port, environment });
    hosts.push({ host, account: state, environment });
  }
  return hosts;
}

interface Parts {
  readonly hosts: readonly PlacedHost[];
  readonly caFile: string;
  readonly assumed: readonly string[];
}

async function summarize(account: SimulatedAccount, { hosts, caFile, assumed }: Parts): Promise<Simulation> {
  const { endpoint, plainEndpoint, accounts, administrators, faults, state } = account;
  return {
    version: SIMULATION_VERSION,
    simulated: true,
    endpoint,
    plainEndpoint,
    caFile,
    regions: accounts.regions,
    accounts: [...administrators].map(([accountId, key]) => ({
      accountId,
      administrator: {
        name: `the administrator of ${accountId}`,
        variables: clientWithCredentials({ endpoint, caFile, region: state.region }, key),
      },
    })),
    hosts: await Promise.all(hosts.map((placed) => summarizeHost(placed, { endpoint, caFile }))),
    faultSeed: faults.seed,
    assumed,
  };
}

async function summarizeHost(
  { host, account, environment }: PlacedHost,
  place: { readonly endpoint: string; readonly caFile: string },
): Promise<HostSummary> {
  const endpoint = { ...place, region: account.region };
  const credentials = await host.credentials();
  const { accountId = account.accountId } = host.summary;
  const role = credentials && {
    name: `the role ${credentials.roleName} of ${accountId}, until ${credentials.expiresAt.toISOString()}`,
    variables: clientWithCredentials(endpoint, credentials),
  };
  return {
    ...(environment === undefined ? {} : { environment: environment.name }),
    ...host.summary,
    accountId,
    ...(role === undefined ? {} : { role }),
    onHost: {
      name: `on ${host.title}, with no key but its role's`,
      variables: clientOnHost(endpoint, host.variables),
    },
  };
}
