import { randomBytes } from 'node:crypto';
import { ToolkitError } from '../../errors';
import { type AccessKeyPair, findAdministrator } from '../iam/administrator';
import { supplySigningKeys } from '../iam/openid-connect/signing-keys';
import { startCertificateHost } from '../imds/certificate-host';
import { startContainer } from '../imds/container';
import { startHost } from '../imds/host';
import { loadXxhash } from '../s3/checksums/checksum';
import type { Accounts } from '../state/account-state';
import { createAccounts, defaultAccount, requireAccount } from '../state/accounts';
import { openStateFolder, type StateFolder } from '../store/folder';
import type { StateHeader } from '../store/snapshot';
import { keepIn } from '../store/store';
import { createServerIdentity } from '../wire/connection/certificate';
import { listen } from '../wire/connection/listener';
import { createBodyAllowances } from '../wire/http/held-body';
import { answerRequest } from './answer-request';
import { Faults } from './faults/faults';
import { RecentRequests, type RequestLogEntry } from './log/request-log';
import type { SimulatedAccount, SimulatedAccountOptions } from './simulated-account';

/**
 * Starts AWS accounts on the loopback address.
 *
 * @throws {ToolkitError} `PortNotFree`, `BadFaultRule`; for a folder of state `StateInUse`, `StateDamaged`,
 *   `NotAState`, `StateFolderUnusable`, `StateOfOtherVersion`, `StateOfOtherPartition`
 */
export async function startSimulatedAccount(options: SimulatedAccountOptions): Promise<SimulatedAccount> {
  const { stateFolder } = options;
  const folder = stateFolder === undefined ? undefined : openStateFolder(stateFolder);
  try {
    return await startKept(options, folder);
  } catch (error) {
    folder?.close();
    throw error;
  }
}

async function startKept(options: SimulatedAccountOptions, folder: StateFolder | undefined): Promise<SimulatedAccount> {
  const { now = () => new Date() } = options;
  const accounts = createAccounts(accountsOptions(options, { now, kept: folder?.header }));
  if (folder !== undefined) {
    keepIn(folder, accounts);
    // An upload may be in it whose parts come without a word of the algorithm.
    await loadXxhash();
  }
  const state = defaultAccount(accounts);
  const administrators = findAdministrators(accounts);
  accounts.keep();
  for (const [url, keys] of Object.entries(options.signingKeys ?? {})) supplySigningKeys(accounts, url, keys);
  state.propagation.delayMs = options.propagationDelayMs ?? 0;
  const requestLog = new RecentRequests();
  const started: { readonly stop: () => Promise<void> }[] = [];
  const keep = <T extends { readonly stop: () => Promise<void> }>(one: T): T => {
    started.push(one);
    return one;
  };
  const identity = await createServerIdentity();
  const record = (entry: RequestLogEntry): void => {
    requestLog.add(entry);
    options.onRequest?.(entry);
  };
  const faults = new Faults(options.faultSeed ?? randomBytes(8).toString('hex'), options.faults);
  const allowances = createBodyAllowances();
  const listener = await listen({ identity, port: options.port ?? 0 }, (arrival) => {
    void answerRequest({ accounts, now, faults, record, allowances }, arrival);
  });
  return {
    endpoint: `https://127.0.0.1:${listener.port}`,
    plainEndpoint: `http://127.0.0.1:${listener.port}`,
    caCertificatePem: identity.caCertificatePem,
    administrator: requireKey(administrators, state.accountId),
    state,
    accounts,
    administrators,
    requestLog,
    faults,
    startHost: async ({ account = state, ...of } = {}) => keep(await startHost(account, of)),
    startContainer: async ({ account = state, ...of }) => keep(await startContainer(account, of)),
    startCertificateHost: async ({ account = state, ...of }) =>
      keep(await startCertificateHost(account, of, `http://127.0.0.1:${listener.port}`)),
    stop: async () => {
      await Promise.all([listener.close(), ...started.map((one) => one.stop())]);
      folder?.close();
    },
  };
}

interface Circumstances {
  readonly now: () => Date;
  readonly kept: StateHeader | undefined;
}

function accountsOptions(options: SimulatedAccountOptions, { now, kept }: Circumstances) {
  const { accountId, otherAccountIds = [], region, otherRegions = [], partition = 'aws' } = options;
  requirePartition(kept, partition);
  return {
    accountIds: [...new Set([accountId, ...otherAccountIds, ...(kept?.accountIds ?? [])])],
    regions: [...new Set([region, ...otherRegions, ...(kept?.regions ?? [])])],
    partition,
    now,
    randomBytes,
  };
}

function requirePartition(kept: StateHeader | undefined, partition: string): void {
  if (kept === undefined || kept.partition === partition) return;
  const message = `the folder of state must be of the partition '${partition}', got: ${kept.partition}\nName another folder`;
  throw new ToolkitError('StateOfOtherPartition', message);
}

function findAdministrators(accounts: Accounts): ReadonlyMap<string, AccessKeyPair> {
  const { region } = defaultAccount(accounts);
  const states = accounts.accountIds.map((accountId) => requireAccount(accounts, accountId, region));
  return new Map(states.map((state) => [state.accountId, findAdministrator(state)]));
}

function requireKey(keys: ReadonlyMap<string, AccessKeyPair>, accountId: string): AccessKeyPair {
  const key = keys.get(accountId);
  if (key === undefined) throw new Error(`account '${accountId}' has no administrator`);
  return key;
}
