import { randomBytes } from 'node:crypto';
import type { AccountState } from './account-state';
import { answerRequest } from './answer-request';
import type { FaultRule } from './faults/fault';
import { Faults } from './faults/faults';
import { type AccessKeyPair, createAdministrator } from './iam/administrator';
import { createIamState } from './iam/state';
import { type SimulatedHost, startHost } from './imds/host';
import { createKmsState } from './kms';
import type { RequestLogEntry } from './request-log';
import { createS3State } from './s3';
import { createServerIdentity } from './wire/certificate';
import { listen } from './wire/listener';

export interface SimulatedAccountOptions {
  /** Twelve digits. */
  readonly accountId: string;
  /** The one region that it has. */
  readonly region: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** @default - this machine's clock */
  readonly now?: () => Date;
  /** Faults to begin with. @throws {ToolkitError} `BadFaultRule` */
  readonly faults?: readonly FaultRule[];
  /** Repeats the faults of an earlier run that told it. @default - a random one */
  readonly faultSeed?: string;
  /** Milliseconds, by the account's clock, before changes of IAM and of bucket and key policies take part in decisions. @default 0 */
  readonly propagationDelayMs?: number;
  /** Called with each entry of the request log as it is made. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

/** An AWS account on this machine. It lives in memory and is gone when it is stopped. */
export interface SimulatedAccount {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** `http://127.0.0.1:PORT`, the same port without TLS. */
  readonly plainEndpoint: string;
  /** The authority that the endpoint's certificate is signed by; it is made for this account and signs nothing else. */
  readonly caCertificatePem: string;
  /** The access key of a user that may do everything. */
  readonly administrator: AccessKeyPair;
  readonly state: AccountState;
  /** Every request so far, in the order in which they were answered. */
  readonly requestLog: readonly RequestLogEntry[];
  /** Faults on request; its rules may be changed at any time. */
  readonly faults: Faults;
  /** Starts a simulated EC2 instance of this account. */
  readonly startHost: () => Promise<SimulatedHost>;
  /** Closes every port and connection, those of its hosts as well. */
  readonly stop: () => Promise<void>;
}

/** Starts an AWS account on a free port of the loopback address. */
export async function startSimulatedAccount(options: SimulatedAccountOptions): Promise<SimulatedAccount> {
  const state = createAccountState(options);
  const administrator = createAdministrator(state);
  state.propagation.delayMs = options.propagationDelayMs ?? 0;
  const requestLog: RequestLogEntry[] = [];
  const hosts: SimulatedHost[] = [];
  const identity = await createServerIdentity();
  const record = (entry: RequestLogEntry): void => {
    requestLog.push(entry);
    options.onRequest?.(entry);
  };
  const faults = new Faults(options.faultSeed ?? randomBytes(8).toString('hex'), options.faults);
  const listener = await listen(identity, (request, response) => {
    void answerRequest({ state, faults, record }, request, response);
  });
  return {
    endpoint: `https://127.0.0.1:${listener.port}`,
    plainEndpoint: `http://127.0.0.1:${listener.port}`,
    caCertificatePem: identity.caCertificatePem,
    administrator,
    state,
    requestLog,
    faults,
    startHost: async () => {
      const host = await startHost(state);
      hosts.push(host);
      return host;
    },
    stop: async () => {
      await Promise.all([listener.close(), ...hosts.map((host) => host.stop())]);
    },
  };
}

function createAccountState({
  accountId,
  region,
  partition = 'aws',
  now = () => new Date(),
}: SimulatedAccountOptions): AccountState {
  const propagation = { delayMs: 0, now };
  return {
    accountId,
    partition,
    region,
    iam: createIamState(propagation),
    kms: createKmsState(propagation),
    s3: createS3State(propagation),
    propagation,
    now,
    randomBytes,
  };
}
