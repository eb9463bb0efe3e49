import { type Failure, internalError, readFailure } from '../service/failure';
import type { WireResponse } from '../wire/message';
import { renderGenericError } from '../wire/render-error';
import { assertSendable } from '../wire/send-response';
import type { Exchange } from './exchange';
import type { InjectedFault } from './faults/fault';
import { type Delivery, deliveryOf, throwInjectedError } from './faults/inject';
import { logEntry, type RequestLogEntry } from './request-log';
import { serve } from './serve';

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
export function dispatch(exchange: Exchange, injected?: InjectedFault): Answered {
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
    const response = serve(exchange);
    assertSendable(response);
    exchange.account.accounts.keep({ service: exchange.serviceName, request: exchange.request });
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
