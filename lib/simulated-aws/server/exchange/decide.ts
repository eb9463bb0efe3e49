import { evaluate } from '../../../iam';
import type { ContextValue, Decision } from '../../../iam/types';
import type { AccessQuestion, Caller } from '../../service/service';
import { requestedRegion } from '../../state/accounts';
import type { WireRequest } from '../../wire/http/message';
import type { Exchange, LoggedDecision } from './exchange';

interface AskedQuestion {
  readonly request: WireRequest;
  readonly caller: Caller;
  readonly question: AccessQuestion;
}

/** Asks the evaluator with all facts about the request, and records the answer. */
export function decide(exchange: Exchange, { request, caller, question }: AskedQuestion): Decision {
  const { action, resource, resourceAccount, resourcePolicy, keyPolicy, publicAccessBlock } = question;
  const context = {
    ...requestContext(request),
    ...(caller.principal.kind === 'service' ? {} : clientContext(request, requestedRegion(exchange.account, exchange))),
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

function logDecision(action: string, resource: string, decision: Decision): LoggedDecision {
  const reason = decision.result === 'implicitly-denied' ? { missing: decision.missing } : { by: decision.by };
  return { action, resource, result: decision.result, ...reason };
}

/**
 * Condition keys that AWS takes from every request, whatever it asks for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function requestContext({ receivedAt }: WireRequest): Readonly<Record<string, ContextValue>> {
  return {
    'aws:CurrentTime': receivedAt.toISOString(),
    'aws:EpochTime': String(Math.floor(receivedAt.getTime() / 1000)),
    'aws:ViaAWSService': 'false',
  };
}

/** What tells of the client, and where it asks; a service that asks for somebody is another client, of which nothing is documented. */
function clientContext(request: WireRequest, requestedRegion: string): Readonly<Record<string, ContextValue>> {
  const { 'user-agent': userAgent, referer } = request.headers;
  return {
    'aws:RequestedRegion': requestedRegion,
    'aws:SecureTransport': String(request.isSecure),
    'aws:SourceIp': request.sourceIp,
    ...(userAgent === undefined ? {} : { 'aws:UserAgent': userAgent }),
    ...(referer === undefined ? {} : { 'aws:Referer': referer }),
  };
}
