// A request's way: what comes in is an arrival, what goes out an answer and a line of the request log.
//   1. answer-request      reads the head, chooses faults, decides on the head where it can, then reads the body
//   2. exchange/exchange   tells account, protocol and service: all facts about the request are kept here
//   3. answer-with-faults  turns what is thrown into the service's own error, and makes changes last
//   4. run-request         authenticates, routes to the service's operation, and runs it
//   5. s3/run-operation    (in S3) bucket, access (s3/request/access asks what lib/request-model lists, kms/on-behalf
//                          asks for keys), then the operation's own file: s3/routes names it
//   6. exchange/decide     asks `lib/iam` each access question, and keeps the decision for the log

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Accounts } from '../state/account-state';
import type { Arrival } from '../wire/connection/listener';
import { endConnectionAfter, hangUp, sendResponse, sendTruncated } from '../wire/connection/send-response';
import { type BodyAllowance, type BodyAllowances, isSmall } from '../wire/http/held-body';
import { requestIdHeaders, SERVER_NAME } from '../wire/http/message';
import { dropBody, readHead, readWhole } from '../wire/http/raw-request';
import { answerWithFaults, skewClock } from './answer-with-faults';
import { type Exchange, openExchange, operationNameOf, withBody } from './exchange/exchange';
import { type InjectedFault, MAX_LATENCY_MS } from './faults/fault';
import type { ChosenFaults, Faults } from './faults/faults';
import { logEntry, type RequestLogEntry } from './log/request-log';
import { decideOnHead } from './run-request';

/** Everything that answering the requests of a running account takes. */
export interface Answering {
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly faults: Faults;
  readonly record: (entry: RequestLogEntry) => void;
  readonly allowances: BodyAllowances;
}

/**
 * Reads one request, runs it, and sends the answer, with the faults that were asked for.
 *
 * Nothing is kept of a request that its head has refused; a client that waits for the go-ahead gets the refusal instead.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonRequestHeaders.html
 */
export async function answerRequest(answering: Answering, arrival: Arrival): Promise<void> {
  const { accounts, now, allowances, faults } = answering;
  const { message, response, awaitsContinue } = arrival;
  const opened = openExchange(accounts, readHead(message, now()));
  const chosen = opened.protocol === 'rest-xml' ? chooseFaults(faults, opened) : undefined;
  const loading = opened.service?.load?.(opened.raw.headers);
  if (loading !== undefined) await loading;
  const head = decideOnHead(skewClock(opened, chosen?.fault));
  const answer = (exchange: Exchange) => answerWhole(answering, { exchange, chosen }, response);
  if (head.verdict?.kind === 'refused') {
    if (awaitsContinue) endConnectionAfter(message);
    if (awaitsContinue || (await dropBody(message))) await answer(head);
    return;
  }
  if (awaitsContinue) response.writeContinue();
  const allowance = allowanceOf(head, allowances);
  await readWhole(message, { head: head.raw, allowance }, (raw) => answer(withBody(head, raw)));
}

function allowanceOf({ raw, verdict, caller }: Exchange, { admitted, small, others }: BodyAllowances): BodyAllowance {
  if (verdict?.kind === 'admitted' && caller?.principal.kind !== 'anonymous') return admitted;
  return isSmall(raw) ? small : others;
}

interface Received {
  readonly exchange: Exchange;
  /** Absent where the faults are chosen by what is in the body. */
  readonly chosen: ChosenFaults | undefined;
}

async function answerWhole(
  { faults, record }: Answering,
  { exchange: received, chosen }: Received,
  to: ServerResponse,
): Promise<void> {
  const { latencies, fault } = chosen ?? chooseFaults(faults, received);
  await waitFor(latencies);
  const exchange = chosen === undefined ? skewClock(received, fault) : received;
  exchange.faults.push(...latencies, ...(fault?.fault.kind === 'clock-skew' ? [fault] : []));
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
  if (latencyMs > 0) await wait(Math.min(latencyMs, MAX_LATENCY_MS));
}

function isResetBefore({ fault }: InjectedFault): boolean {
  return fault.kind === 'connection-reset' && fault.when === 'before-operation';
}

interface Outlet extends Pick<Answering, 'record'> {
  readonly to: ServerResponse;
}

function run(exchange: Exchange, fault: InjectedFault | undefined, { record, to }: Outlet): void {
  const { response, delivery, entry } = answerWithFaults(exchange, fault);
  record(entry);
  const headers = {
    server: SERVER_NAME,
    date: exchange.raw.receivedAt.toUTCString(),
    ...requestIdHeaders(exchange.protocol, exchange.request.requestId),
  };
  if (delivery === 'none') hangUp(to);
  else if (delivery === 'truncated') sendTruncated(to, response, headers);
  else sendResponse(to, response, headers);
}
