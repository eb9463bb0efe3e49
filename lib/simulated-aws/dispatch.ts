import { evaluate } from '../iam';
import type { Decision } from '../iam/types';
import type { AccountState } from './account-state';
import { authenticate } from './authenticate';
import { type Exchange, openExchange } from './exchange';
import { type Failure, internalError, readFailure } from './failure';
import { logDecision } from './logged-decision';
import { requestedRegion } from './regions';
import { requestContext } from './request-context';
import { logEntry, type RequestLogEntry } from './request-log';
import type { AccessQuestion, Caller, Service } from './service';
import { AwsError, notImplemented } from './wire/aws-error';
import type { WireRequest, WireResponse } from './wire/message';
import { tryReadParameters } from './wire/query-text';
import type { RawRequest } from './wire/raw-request';
import { renderGenericError } from './wire/render-error';
import { assertSendable } from './wire/send-response';
import { unwrapBody } from './wire/unwrap-body';

/** An answer, the exchange that it ends, and what the log says of it. */
export interface Answered {
  readonly exchange: Exchange;
  readonly response: WireResponse;
  readonly entry: RequestLogEntry;
}

/**
 * Answers one request: finds the service that it is signed for, who sent it and the operation that it asks for, and runs it.
 *
 * It never throws: a bug in a service becomes an internal error, with its stack in the log.
 */
export function dispatch(account: AccountState, services: readonly Service[], raw: RawRequest): Answered {
  const exchange = openExchange(account, services, raw);
  try {
    const response = serve(exchange);
    assertSendable(response);
    return { exchange, response, entry: logEntry(exchange, response.status) };
  } catch (thrown) {
    const failure = readFailure(thrown, exchange.protocol);
    const response = renderFailure(exchange, failure);
    return { exchange, response, entry: logEntry(exchange, response.status, failure) };
  }
}

function serve(exchange: Exchange): WireResponse {
  const { account, raw, presentation, protocol, service, serviceName } = exchange;
  requireReadableQuery(exchange);
  if (service === undefined) {
    throw notImplemented(`the service '${serviceName}'`);
  }
  const { caller, chunkSigning } = authenticate(account, { request: raw, presentation, protocol });
  exchange.caller = caller;
  const request = { ...exchange.request, ...unwrapBody(raw, chunkSigning) };
  const { name, run } = service.route(request);
  exchange.operationName = name;
  return run({ request, caller, account, decide: (question) => decide(exchange, { request, caller, question }) });
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
