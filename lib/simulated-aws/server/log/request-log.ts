import type { Failure } from '../../service/failure';
import type { Caller } from '../../service/service';
import { requestedRegion } from '../../state/accounts';
import { type Exchange, type LoggedDecision, operationNameOf } from '../exchange/exchange';
import type { InjectedFault } from '../faults/fault';

/** Who asked, in the manner of CloudTrail. */
export interface UserIdentity {
  readonly type: 'IAMUser' | 'AssumedRole' | 'AWSAccount' | 'WebIdentityUser';
  readonly principalId?: string;
  readonly arn?: string;
  /** Absent for someone of an identity provider. */
  readonly accountId?: string;
  /** ARN of the provider whose token spoke for the caller. */
  readonly identityProvider?: string;
  readonly accessKeyId?: string;
}

/**
 * A request, in the manner of a CloudTrail record.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface RequestLogEntry {
  readonly simulated: true;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent?: string;
  readonly requestID: string;
  readonly userIdentity?: UserIdentity;
  /** The version of TLS, or `none`. */
  readonly tls: string;
  /** Absent when the connection was ended before anything was done with the request. */
  readonly httpStatusCode?: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Why, where AWS does not tell the caller. */
  readonly errorReason?: string;
  /** The stack of a bug in the simulated account itself. */
  readonly stack?: string;
  readonly decisions: readonly LoggedDecision[];
  /** Headers and, behind a question mark, parameters that AWS ignores; absent when there were none. */
  readonly ignored?: readonly string[];
  /** Faults that were injected on request; absent when there were none. */
  readonly faults?: readonly InjectedFault[];
}

/** The entry of a request that has been dealt with. */
export function logEntry(exchange: Exchange, httpStatusCode?: number, failure?: Failure): RequestLogEntry {
  const { raw, request, caller, operation: { ignored = [] } = {} } = exchange;
  const { 'user-agent': userAgent } = raw.headers;
  return {
    simulated: true,
    eventTime: raw.receivedAt.toISOString(),
    eventSource: `${exchange.serviceName}.amazonaws.com`,
    eventName: operationNameOf(exchange),
    awsRegion: requestedRegion(exchange.account, exchange),
    sourceIPAddress: raw.sourceIp,
    ...(userAgent === undefined ? {} : { userAgent }),
    requestID: request.requestId,
    ...(caller === undefined ? {} : { userIdentity: userIdentityOf(caller) }),
    tls: raw.tlsVersion ?? 'none',
    ...(httpStatusCode === undefined ? {} : { httpStatusCode }),
    ...(failure === undefined ? {} : { errorCode: failure.error.code, errorMessage: failure.error.message }),
    ...(failure?.error.reason === undefined ? {} : { errorReason: failure.error.reason }),
    ...(failure?.stack === undefined ? {} : { stack: failure.stack }),
    decisions: [...exchange.decisions],
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(exchange.faults.length === 0 ? {} : { faults: [...exchange.faults] }),
  };
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function userIdentityOf({ principal, accessKeyId, federatedId }: Caller): UserIdentity {
  if (principal.kind === 'federated' && federatedId !== undefined) {
    return { type: 'WebIdentityUser', principalId: federatedId, identityProvider: principal.provider };
  }
  if (principal.kind !== 'user' && principal.kind !== 'role-session') {
    return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
  }
  return {
    type: principal.kind === 'user' ? 'IAMUser' : 'AssumedRole',
    principalId: principal.userId,
    arn: principal.arn,
    accountId: principal.account,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
}

/** Requests that are kept at the least; twice as many at the most, so that forgetting is seldom work. */
export const KEPT_REQUESTS = 10_000;

/** The requests so far, in the order in which they were answered; of many, the last ones. */
export class RecentRequests {
  private readonly kept: RequestLogEntry[] = [];
  private forgotten = 0;

  /** How many there have been, the forgotten ones among them. */
  get count(): number {
    return this.forgotten + this.kept.length;
  }

  get last(): RequestLogEntry | undefined {
    return this.kept.at(-1);
  }

  /** Those after the first `count`, as far as they are kept. */
  since(count: number): readonly RequestLogEntry[] {
    return this.kept.slice(Math.max(0, count - this.forgotten));
  }

  /** Adds a request, and forgets the oldest ones when there are too many. */
  add(entry: RequestLogEntry): void {
    this.kept.push(entry);
    if (this.kept.length > 2 * KEPT_REQUESTS) this.forgotten += this.kept.splice(0, KEPT_REQUESTS).length;
  }
}
