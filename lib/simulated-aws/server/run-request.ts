import type { Call, Caller, RoutedOperation, Service } from '../service/service';
import { AwsError, notImplemented } from '../wire/http/aws-error';
import { isSmall } from '../wire/http/held-body';
import { tryReadParameters, type WireRequest, type WireResponse } from '../wire/http/message';
import { unwrapBody } from '../wire/payload/unwrap-body';
import { declaredPayloadHash, requirePayloadHash } from '../wire/signature/hashes';
import { type Authenticated, authenticate } from './exchange/authenticate';
import { decide } from './exchange/decide';
import type { Exchange, HeadVerdict } from './exchange/exchange';

/** Runs the operation that a request asks for. @throws {AwsError} the answer to one that does not succeed */
export function runRequest(exchange: Exchange): WireResponse {
  const { raw, protocol, verdict } = exchange;
  if (verdict?.kind === 'refused') throw verdict.error;
  const service = requireService(exchange);
  // Elsewhere than in S3 the body itself is signed.
  if (protocol !== 'rest-xml') requireBody(exchange);
  const { caller, chunkSigning } = verdict?.authenticated ?? identify(exchange);
  if (verdict !== undefined) requireSignedBody(exchange);
  requireBody(exchange);
  const request = { ...exchange.request, ...unwrapBody(raw, chunkSigning) };
  const run = verdict?.run ?? route(exchange, service, request).run;
  return run(callOf(exchange, request, caller));
}

/**
 * Decides on a request by its head: who signed it, and what they may do. Elsewhere than in S3 the body is signed, too.
 *
 * @returns the exchange with its verdict; as it came where it takes the body to tell
 */
export function decideOnHead(head: Exchange): Exchange {
  const isWorthwhile = !isSmall(head.raw) || head.raw.headers.expect !== undefined;
  if (head.protocol !== 'rest-xml' || !isWorthwhile) return head;
  const decided: Exchange = { ...head, decisions: [] };
  try {
    const verdict = admit(decided);
    return { ...decided, verdict };
  } catch (error) {
    return error instanceof AwsError ? { ...decided, verdict: { kind: 'refused', error } } : head;
  }
}

/** Decides on a request for what its head says. @throws {AwsError} when it is refused */
function admit(exchange: Exchange): HeadVerdict {
  const service = requireService(exchange);
  const authenticated = identify(exchange);
  const { run, admit: admitOperation } = route(exchange, service, exchange.request);
  const call = callOf(exchange, exchange.request, authenticated.caller);
  return { kind: 'admitted', authenticated, run: admitOperation?.(call) ?? run };
}

function route(exchange: Exchange, service: Service, request: WireRequest): RoutedOperation {
  const operation = service.route(request);
  exchange.operation = operation;
  return operation;
}

/** The body of a request whose signature has been checked with its head. */
function requireSignedBody({ raw, presentation, protocol }: Exchange): void {
  if (presentation.kind !== 'signed') return;
  requirePayloadHash(raw, declaredPayloadHash(raw, presentation.signature, protocol));
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
  const admitsCertificate = service?.admitsCertificate?.(request) ?? false;
  const claim = { request: raw, presentation, protocol, admitsUnsigned, admitsCertificate };
  const authenticated = authenticate(account, claim);
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
