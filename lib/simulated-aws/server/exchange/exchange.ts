import type { DecidingStatement, Decision, Layer } from '../../../iam/types';
import { iamService } from '../../iam';
import { kmsService } from '../../kms';
import { rolesAnywhereService } from '../../rolesanywhere';
import { s3Service } from '../../s3';
import type { Caller, Operation, RoutedOperation, Service } from '../../service/service';
import type { AccountState, Accounts } from '../../state/account-state';
import { accountOfRequest, defaultAccount } from '../../state/accounts';
import { stsService } from '../../sts';
import type { AwsError } from '../../wire/http/aws-error';
import {
  joinRepeated,
  newRequestId,
  type Protocol,
  protocolOf,
  tryReadParameters,
  type WireRequest,
} from '../../wire/http/message';
import type { RawRequest } from '../../wire/http/raw-request';
import { unwrapHeaders } from '../../wire/payload/unwrap-body';
import type { Presentation } from '../../wire/signature/presented-signature';
import { readPresentation, scopeOf } from '../../wire/signature/read-presentation';
import type { InjectedFault } from '../faults/fault';
import type { Authenticated } from './authenticate';

const SERVICES: readonly Service[] = [s3Service, iamService, stsService, kmsService, rolesAnywhereService];

/** A request on its way through the account, with the facts that were found about it. */
export interface Exchange {
  readonly account: AccountState;
  readonly raw: RawRequest;
  readonly presentation: Presentation;
  readonly serviceName: string;
  readonly protocol: Protocol;
  /** Absent for a service that is not simulated. */
  readonly service: Service | undefined;
  /** As its headers describe it; the body is still wrapped. */
  readonly request: WireRequest;
  readonly decisions: LoggedDecision[];
  /** Faults that took effect. */
  readonly faults: InjectedFault[];
  /** Absent until it is routed. */
  operation?: RoutedOperation;
  caller?: Caller;
  /** The verdict on its head; absent where the decision needs the body. */
  readonly verdict?: HeadVerdict;
}

/** A request is refused for its head, or admitted; it is authenticated, routed and decided on only once. */
export type HeadVerdict =
  | { readonly kind: 'refused'; readonly error: AwsError }
  | { readonly kind: 'admitted'; readonly authenticated: Authenticated; readonly run: Operation };

/**
 * Finds out which service and account a request is for: those that it is signed for; S3 when it is not signed.
 *
 * @param raw - the head of a request will do for S3
 */
export function openExchange(accounts: Accounts, raw: RawRequest): Exchange {
  const presentation = readPresentation(raw);
  const account = accountOf(accounts, presentation);
  const signedFor = scopeOf(presentation)?.service;
  const protocol = protocolOf(signedFor, raw);
  const serviceName = signedFor ?? UNSIGNED_SERVICES[protocol];
  return {
    account,
    raw,
    presentation,
    serviceName,
    protocol,
    service: SERVICES.find(({ name }) => name === serviceName),
    request: toWireRequest(raw, newRequestId(protocol, account.randomBytes)),
    decisions: [],
    faults: [],
  };
}

/** The exchange of a head, once the body is there. */
export function withBody(head: Exchange, raw: RawRequest): Exchange {
  return { ...head, raw, request: { ...head.request, body: raw.body } };
}

function accountOf(accounts: Accounts, presentation: Presentation): AccountState {
  if (presentation.kind !== 'signed' && presentation.kind !== 'certified') return defaultAccount(accounts);
  const { accessKeyId, scope } = presentation.signature;
  return accountOfRequest(accounts, accessKeyId, scope.region);
}

/** The operation that the request asks for, also of a request that is refused before it is routed. */
export function operationNameOf({ operation, service, request }: Exchange): string {
  try {
    return (operation ?? service?.route(request))?.name ?? 'Unknown';
  } catch {
    return 'Unknown';
  }
}

/** The service that answers a request without a signature, by the protocol that it seems to speak. */
const UNSIGNED_SERVICES: Readonly<Record<Protocol, string>> = {
  'rest-xml': 's3',
  'rest-json': 'rolesanywhere',
  query: 'sts',
  json: 'kms',
};

function toWireRequest(raw: RawRequest, requestId: string): WireRequest {
  const { queryText, ...rest } = raw;
  const query = joinRepeated(tryReadParameters(queryText) ?? []);
  return { ...rest, headers: unwrapHeaders(raw.headers), query, trailers: {}, requestId };
}

/** An answer of the evaluator, as the log keeps it. */
export interface LoggedDecision {
  readonly action: string;
  readonly resource: string;
  readonly result: Decision['result'];
  /** The statements that allowed or denied. */
  readonly by?: readonly DecidingStatement[];
  /** The layer that did not allow. */
  readonly missing?: Layer;
}
