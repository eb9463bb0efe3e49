import { type Authenticated, authenticate } from './authenticate';
import { decide } from './decide';
import type { Exchange } from './exchange';
import type { Call, Caller, Service } from './service';
import { AwsError, notImplemented } from './wire/aws-error';
import type { WireRequest, WireResponse } from './wire/message';
import { tryReadParameters } from './wire/query-text';
import { unwrapBody } from './wire/unwrap-body';

/** Runs the operation that a request asks for. @throws {AwsError} the answer to one that does not succeed */
export function serve(exchange: Exchange): WireResponse {
  const { raw, protocol } = exchange;
  const service = requireService(exchange);
  // Elsewhere than in S3 the body itself is signed.
  if (protocol !== 'rest-xml') requireBody(exchange);
  const { caller, chunkSigning } = raw.leftOut === 'unread' ? admit(exchange) : identify(exchange);
  requireBody(exchange);
  const request = { ...exchange.request, ...unwrapBody(raw, chunkSigning) };
  const { name, run } = service.route(request);
  exchange.operationName = name;
  return run(callOf(exchange, request, caller));
}

/** Refuses a request for what its head says. @throws {AwsError} */
export function admit(exchange: Exchange): Authenticated {
  const service = requireService(exchange);
  const authenticated = identify(exchange);
  const { name, admit: admitOperation } = service.route(exchange.request);
  exchange.operationName = name;
  admitOperation?.(callOf(exchange, exchange.request, authenticated.caller));
  return authenticated;
}

/** @throws {AwsError} of a request that cannot be read, or is for nobody here */
function requireService({ raw, protocol, service, serviceName }: Exchange): Service {
  if (/[,\s]/.test(raw.headers.host ?? '')) {
    throw new AwsError(400, 'BadRequest', 'An error occurred when parsing the HTTP request.');
  }
  if (tryReadParameters(raw.queryText) === undefined) {
    const code = protocol === 'rest-xml' ? 'InvalidURI' : 'MalformedQueryString';
    throw new AwsError(400, code, "Couldn't parse the specified URI.");
  }
  if (service === undefined) throw notImplemented(`the service '${serviceName}'`);
  return service;
}

function identify(exchange: Exchange): Authenticated {
  const { account, raw, presentation, protocol, service, request } = exchange;
  const admitsUnsigned = service?.admitsUnsigned(request) ?? false;
  const authenticated = authenticate(account, { request: raw, presentation, protocol, admitsUnsigned });
  exchange.caller = authenticated.caller;
  return authenticated;
}

function callOf(exchange: Exchange, request: WireRequest, caller: Caller): Call {
  return {
    request,
    caller,
    account: exchange.account,
    decide: (question) => {
      exchange.caller = question.caller ?? caller;
      return decide(exchange, { request, caller: exchange.caller, question });
    },
  };
}

/** Nothing is done with a request whose body is not there. */
function requireBody({ raw, protocol }: Exchange): void {
  if (raw.leftOut === 'too-large') throw notImplemented('a body of this size, from this sender');
  if (raw.leftOut !== undefined) {
    const code = protocol === 'rest-xml' ? 'SlowDown' : 'ServiceUnavailable';
    throw new AwsError(503, code, 'Please reduce your request rate.');
  }
}
