import { evaluate } from '../iam';
import type { Decision } from '../iam/types';
import { authenticate } from './authenticate';
import type { Exchange } from './exchange';
import { type Failure, internalError, readFailure } from './failure';
import type { InjectedFault } from './faults/fault';
import { type Delivery, deliveryOf, throwInjectedError } from './faults/inject';
import { logDecision } from './logged-decision';
import { requestedRegion } from './regions';
import { requestContext } from './request-context';
import { logEntry, type RequestLogEntry } from './request-log';
import type { AccessQuestion, Caller } from './service';
import { AwsError, notImplemented } from './wire/aws-error';
import type { WireRequest, WireResponse } from './wire/message';
import { tryReadParameters } from './wire/query-text';
import { renderGenericError } from './wire/render-error';
import { assertSendable } from './wire/send-response';
import { unwrapBody } from './wire/unwrap-body';

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

function serve(exchange: Exchange): WireResponse {
  const { account, raw, presentation, protocol, service, serviceName } = exchange;
  requireReadableQuery(exchange);
  if (service === undefined) {
    throw notImplemented(`the service '${serviceName}'`);
  }
  const admitsUnsigned = service.admitsUnsigned(exchange.request);
  const claim = { request: raw, presentation, protocol, admitsUnsigned };
  // Elsewhere than in S3 the body itself is signed.
  if (protocol !== 'rest-xml') requireBody(raw, protocol);
  const { caller, chunkSigning } = authenticate(account, claim);
  exchange.caller = caller;
  requireBody(raw, protocol);
  const request = { ...exchange.request, ...unwrapBody(raw, chunkSigning) };
  const { name, run } = service.route(request);
  exchange.operationName = name;
  return run({
    request,
    caller,
    account,
    decide: (question) => {
      exchange.caller = question.caller ?? caller;
      return decide(exchange, { request, caller: exchange.caller, question });
    },
  });
}

/** Nothing is done with a request whose body is not there. */
function requireBody({ leftOut }: Exchange['raw'], protocol: Exchange['protocol']): void {
  if (leftOut === 'too-large') throw notImplemented('a body of this size, from this sender');
  if (leftOut === 'too-much') {
    throw new AwsError(
      503,
      protocol === 'rest-xml' ? 'SlowDown' : 'ServiceUnavailable',
      'Please reduce your request rate.',
    );
  }
}

function requireReadableQuery({ raw, protocol }: Exchange): void {
  if (tryReadParameters(raw.queryText) === undefined) {
    throw new AwsError(
      400,
      protocol === 'rest-xml' ? 'InvalidURI' : 'MalformedQueryString',
      "Couldn't parse the specified URI.",
    );
  }
}

interface AskedQuestion {
  readonly request: WireRequest;
  readonly caller: Caller;
  readonly question: AccessQuestion;
}

/** Asks the evaluator with everything that is known of the request, and records the answer. */
function decide(exchange: Exchange, { request, caller, question }: AskedQuestion): Decision {
  const { action, resource, resourceAccount, resourcePolicy, keyPolicy, publicAccessBlock } = question;
  const context = {
    ...requestContext(request, requestedRegion(exchange.account, exchange)),
    'aws:ResourceAccount': resourceAccount,
    ...caller.context,
    ...question.context,
  };
  const decision = evaluate(
    { principal: caller.principal, action, resource, resourceAccount, context },
    {
      ...caller.policies,
      ...(resourcePolicy === undefined ? {} : { resource: resourcePolicy }),
      ...(keyPolicy === undefined ? {} : { key: keyPolicy }),
      ...(publicAccessBlock === undefined ? {} : { publicAccessBlock }),
    },
  );
  exchange.decisions.push(logDecision(action, resource, decision));
  return decision;
}

function renderFailure({ service, protocol, request }: Exchange, { error }: Failure): WireResponse {
  try {
    return service?.renderError(error, request) ?? renderGenericError(protocol, error, request);
  } catch {
    return renderGenericError(protocol, internalError(protocol), request);
  }
}
