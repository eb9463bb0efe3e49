import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccountState } from './account-state';
import { dispatch } from './dispatch';
import { type AccessKeyPair, createAdministrator } from './iam/administrator';
import { createIamState } from './iam/state';
import { type SimulatedHost, startHost } from './imds/host';
import { createKmsState } from './kms';
import type { RequestLogEntry } from './request-log';
import { createS3State } from './s3';
import { serverName } from './server-name';
import { services } from './services';
import { createServerIdentity } from './wire/certificate';
import { listen } from './wire/listener';
import { maxBodyBytes, readRawRequest } from './wire/raw-request';
import { requestIdHeaders } from './wire/request-id';
import { sendResponse } from './wire/send-response';

export interface SimulatedAccountOptions {
  /** Twelve digits. */
  readonly accountId: string;
  /** The one region that it has. */
  readonly region: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** @default - this machine's clock */
  readonly now?: () => Date;
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
  /** Starts a simulated EC2 instance of this account. */
  readonly startHost: () => Promise<SimulatedHost>;
  /** Closes every port and connection, those of its hosts as well. */
  readonly stop: () => Promise<void>;
}

/** Starts an AWS account on a free port of the loopback address. */
export async function startSimulatedAccount(options: SimulatedAccountOptions): Promise<SimulatedAccount> {
  const state = createAccountState(options);
  const administrator = createAdministrator(state);
  const requestLog: RequestLogEntry[] = [];
  const hosts: SimulatedHost[] = [];
  const identity = await createServerIdentity();
  const record = (entry: RequestLogEntry): void => {
    requestLog.push(entry);
    options.onRequest?.(entry);
  };
  const listener = await listen(identity, (request, response) => {
    void answer(state, { request, response, record });
  });
  return {
    endpoint: `https://127.0.0.1:${listener.port}`,
    plainEndpoint: `http://127.0.0.1:${listener.port}`,
    caCertificatePem: identity.caCertificatePem,
    administrator,
    state,
    requestLog,
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

function createAccountState({ accountId, region, partition = 'aws', now }: SimulatedAccountOptions): AccountState {
  return {
    accountId,
    partition,
    region,
    iam: createIamState(),
    kms: createKmsState(),
    s3: createS3State(),
    now: now ?? (() => new Date()),
    randomBytes,
  };
}

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: (entry: RequestLogEntry) => void;
}

async function answer(state: AccountState, { request, response, record }: Turn): Promise<void> {
  const common = { server: serverName, date: state.now().toUTCString() };
  const reading = await readRawRequest(request, state.now);
  if (reading.kind === 'whole') {
    const { exchange, response: answered, entry } = dispatch(state, services, reading.request);
    record(entry);
    const ids = requestIdHeaders(exchange.protocol, exchange.request.requestId);
    sendResponse(response, answered, { ...common, ...ids });
  } else if (reading.kind === 'too-large') {
    const body = `The simulated AWS account does not implement bodies above ${maxBodyBytes} bytes.`;
    sendResponse(response, { status: 501, body }, common);
  }
}
