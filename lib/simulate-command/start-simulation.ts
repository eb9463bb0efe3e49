import type { Environment } from '../config/environment';
import { roleArn } from '../policy/resource-names';
import { accountRegions } from '../rehearsal/account-regions';
import { prepareAccount } from '../rehearsal/prepare-account';
import {
  type AccountState,
  type FaultRule,
  type RequestLogEntry,
  requireAccount,
  type SimulatedAccount,
  type SimulatedHost,
  startSimulatedAccount,
} from '../simulated-aws';
import { clientOnHost, clientWithCredentials } from './client-variables';
import type { SigningKeys } from './signing-keys-file';
import { type HostSummary, type Identity, SIMULATION_VERSION, type Simulation } from './simulation';

export interface SimulationOptions {
  /** At least one; the first is the default. */
  readonly accountIds: readonly string[];
  /** At least one; the first is the default. */
  readonly regions: readonly string[];
  readonly partition: string;
  /** Each gets what it expects to be there, and a host that waits for its instance profile. */
  readonly environments: readonly Environment[];
  /** Of the host of no environment, which there is when there are no environments. */
  readonly instanceProfileName?: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Of the first host's metadata; 0 for a free one. */
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
  /** Writes the certificate of the endpoint's authority, and returns where it is. */
  readonly writeCaFile: (pem: string) => string;
}

export interface RunningSimulation {
  readonly account: SimulatedAccount;
  readonly summary: Simulation;
}

/** A host, and whose it is. */
interface PlacedHost {
  readonly host: SimulatedHost;
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
    const caFile = options.writeCaFile(account.caCertificatePem);
    await options.deploy(account);
    account.faults.set(options.faults);
    account.state.propagation.delayMs = options.propagationDelayMs;
    return { account, summary: summarize(account, { hosts, caFile, assumed: [...new Set(assumed)] }) };
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
  const { environments, hopLimit, instanceProfileName } = options;
  const wanted = environments.map((environment) => ({
    account: stateOf(account, environment),
    instanceProfileName: nameOf(roleArn(environment)),
    environment,
  }));
  const lone = { account: account.state, ...(instanceProfileName === undefined ? {} : { instanceProfileName }) };
  const hosts: PlacedHost[] = [];
  for (const { environment, ...place } of wanted.length > 0 ? wanted : [{ ...lone, environment: undefined }]) {
    const port = hosts.length === 0 ? options.metadataPort : 0;
    const host = await account.startHost({ ...place, port, hopLimit });
    hosts.push({ host, account: place.account, ...(environment === undefined ? {} : { environment }) });
  }
  return hosts;
}

/** An instance profile has the name of its role. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

interface Parts {
  readonly hosts: readonly PlacedHost[];
  readonly caFile: string;
  readonly assumed: readonly string[];
}

function summarize(account: SimulatedAccount, { hosts, caFile, assumed }: Parts): Simulation {
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
    hosts: hosts.map((placed) => summarizeHost(placed, { endpoint, caFile })),
    faultSeed: faults.seed,
    assumed,
  };
}

function summarizeHost(
  { host, account, environment }: PlacedHost,
  place: { readonly endpoint: string; readonly caFile: string },
): HostSummary {
  const endpoint = { ...place, region: account.region };
  const { instanceId, metadataEndpoint, containerMetadataEndpoint } = host;
  const variables = clientOnHost(endpoint, metadataEndpoint);
  const role = roleIdentity(host, endpoint);
  return {
    ...(environment === undefined ? {} : { environment: environment.name }),
    accountId: account.accountId,
    instanceId,
    metadataEndpoint,
    containerMetadataEndpoint,
    ...(role === undefined ? {} : { role }),
    onHost: { name: `on the host ${instanceId}, with no key but its role's`, variables },
  };
}

function roleIdentity(
  host: SimulatedHost,
  endpoint: { readonly endpoint: string; readonly caFile: string; readonly region: string },
): Identity | undefined {
  const credentials = host.credentials();
  if (credentials === undefined) return undefined;
  const name = `the role ${credentials.roleName}, until ${credentials.expiresAt.toISOString()}`;
  return { name, variables: clientWithCredentials(endpoint, credentials) };
}
