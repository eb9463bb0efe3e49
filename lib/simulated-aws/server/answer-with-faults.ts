import { type Failure, internalError, readFailure } from '../service/failure';
import { bodySize, requireSendable } from '../wire/connection/send-response';
import type { WireResponse } from '../wire/http/message';
import { renderGenericError } from '../wire/protocols/render-error';
import { signatureRefusal } from '../wire/signature/refusals';
import type { Exchange } from './exchange/exchange';
import type { InjectedFault } from './faults/fault';
import { faultError } from './faults/fault-errors';
import { logEntry, type RequestLogEntry } from './log/request-log';
import { runRequest } from './run-request';

/** An answer, how much of it is sent, and what the log says of it. */
export interface Answered {
  readonly response: WireResponse;
  readonly delivery: Delivery;
  readonly entry: RequestLogEntry;
}

/**
 * Answers one request: finds out who sent it and which operation it asks for, and runs it.
 *
 * It never throws: a bug in a service becomes an internal error, with its stack in the log.
 *
 * @param injected a fault that may be the answer, or part of it
 */
export function answerWithFaults(exchange: Exchange, injected?: InjectedFault): Answered {
  const { response, failure } = answer(exchange, injected);
  const delivery = deliveryOf(exchange, response, injected);
  return { response, delivery, entry: logEntry(exchange, response.status, failure) };
}

interface Answer {
  readonly response: WireResponse;
  readonly failure?: Failure;
}

function answer(exchange: Exchange, injected: InjectedFault | undefined): Answer {
  try {
    throwInjectedError(exchange, injected);
    const response = runRequest(exchange);
    requireSendable(response);
    exchange.account.accounts.keep(exchange.operation?.writes);
    return { response };
  } catch (thrown) {
    const failure = readFailure(thrown, exchange.protocol);
    return { response: renderFailure(exchange, failure), failure };
  }
}

function renderFailure({ service, protocol, request }: Exchange, { error }: Failure): WireResponse {
  try {
    return service?.renderError(error, request) ?? renderGenericError(protocol, error, request);
  } catch {
    return renderGenericError(protocol, internalError(protocol), request);
  }
}

/** The exchange as a service sees it whose clock is wrong. */
export function skewClock(exchange: Exchange, injected: InjectedFault | undefined): Exchange {
  if (injected?.fault.kind !== 'clock-skew') return exchange;
  const receivedAt = new Date(exchange.raw.receivedAt.getTime() + injected.fault.skewMs);
  return { ...exchange, raw: { ...exchange.raw, receivedAt }, request: { ...exchange.request, receivedAt } };
}

/** Throws what the fault makes the service answer, if it does. @throws {AwsError} */
function throwInjectedError(exchange: Exchange, injected: InjectedFault | undefined): void {
  switch (injected?.fault.kind) {
    case 'throttling':
    case 'internal-error':
    case 'service-unavailable':
      exchange.faults.push(injected);
      throw faultError(exchange.serviceName, injected.fault.kind);
    case 'expired-token':
      throwExpiredToken(exchange, injected);
  }
}

function throwExpiredToken(exchange: Exchange, injected: InjectedFault): void {
  const { presentation, protocol, faults } = exchange;
  const token = presentation.kind === 'signed' ? presentation.signature.sessionToken : undefined;
  if (token === undefined) return;
  faults.push(injected);
  throw signatureRefusal(protocol, 'expired-token', { fields: { 'Token-0': token } });
}

/** How an answer is sent. */
export type Delivery = 'whole' | 'truncated' | 'none';

/** How much of an answer the fault leaves. */
function deliveryOf(exchange: Exchange, response: WireResponse, injected: InjectedFault | undefined): Delivery {
  const delivery = wantedDelivery(injected, exchange.request.method === 'HEAD' ? 0 : bodySize(response));
  if (injected !== undefined && delivery !== 'whole') exchange.faults.push(injected);
  return delivery;
}

function wantedDelivery(injected: InjectedFault | undefined, bodyLength: number): Delivery {
  if (injected?.fault.kind === 'connection-reset') return 'none';
  return injected?.fault.kind === 'truncated-body' && bodyLength > 0 ? 'truncated' : 'whole';
}
