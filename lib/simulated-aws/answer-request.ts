import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from './accounts';
import { dispatch } from './dispatch';
import { type Exchange, openExchange, operationNameOf } from './exchange';
import type { InjectedFault } from './faults/fault';
import type { ChosenFaults, Faults } from './faults/faults';
import { skewClock } from './faults/inject';
import { type BodyAllowances, hasKnownKey } from './known-sender';
import { logEntry, type RequestLogEntry } from './request-log';
import { serverName } from './server-name';
import { services } from './services';
import { hangUp, sendTruncated } from './wire/break-off';
import { type RawRequest, readRawRequest } from './wire/raw-request';
import { requestIdHeaders } from './wire/request-id';
import { sendResponse } from './wire/send-response';

/** What answers the requests of a running account. */
export interface Answering {
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly faults: Faults;
  readonly record: (entry: RequestLogEntry) => void;
  readonly allowances: BodyAllowances;
}

/** Reads one request to its end, runs it, and sends the answer, with the faults that were asked for. */
export async function answerRequest(answering: Answering, from: IncomingMessage, to: ServerResponse): Promise<void> {
  const { now, accounts, allowances } = answering;
  const allowanceOf = (head: RawRequest) => (hasKnownKey(accounts, head) ? allowances.known : allowances.strangers);
  await readRawRequest(from, { now, allowanceOf }, (request) => answerWhole(answering, request, to));
}

async function answerWhole(
  { accounts, faults, record }: Answering,
  raw: RawRequest,
  to: ServerResponse,
): Promise<void> {
  const opened = openExchange(accounts, services, raw);
  const { latencies, fault } = chooseFaults(faults, opened);
  await waitFor(latencies);
  const exchange = skewClock(opened, fault);
  exchange.faults.push(...latencies);
  if (fault !== undefined && isResetBefore(fault)) {
    exchange.faults.push(fault);
    record(logEntry(exchange));
    hangUp(to);
  } else {
    run(exchange, fault, { record, to });
  }
}

function chooseFaults(faults: Faults, exchange: Exchange): ChosenFaults {
  if (faults.areNone) return { latencies: [] };
  const host = (exchange.raw.headers.host ?? '').replace(/:\d+$/, '');
  return faults.choose({ service: exchange.serviceName, operation: operationNameOf(exchange), host });
}

async function waitFor(latencies: ChosenFaults['latencies']): Promise<void> {
  const latencyMs = latencies.reduce((sum, { fault }) => sum + (fault.kind === 'latency' ? fault.latencyMs : 0), 0);
  if (latencyMs > 0) await wait(latencyMs);
}

function isResetBefore({ fault }: InjectedFault): boolean {
  return fault.kind === 'connection-reset' && fault.when === 'before-operation';
}

interface Outlet extends Pick<Answering, 'record'> {
  readonly to: ServerResponse;
}

function run(exchange: Exchange, fault: InjectedFault | undefined, { record, to }: Outlet): void {
  const { response, delivery, entry } = dispatch(exchange, fault);
  record(entry);
  const headers = {
    server: serverName,
    date: exchange.raw.receivedAt.toUTCString(),
    ...requestIdHeaders(exchange.protocol, exchange.request.requestId),
  };
  if (delivery === 'none') hangUp(to);
  else if (delivery === 'truncated') sendTruncated(to, response, headers);
  else sendResponse(to, response, headers);
}
