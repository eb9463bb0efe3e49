import type { WireResponse } from '../../wire/message';
import { bodySize } from '../../wire/response-body';
import { signatureRefusal } from '../../wire/signature/refusals';
import type { Exchange } from '../exchange';
import type { InjectedFault } from './fault';
import { faultError } from './fault-errors';

/** The exchange as a service sees it whose clock is wrong. */
export function skewClock(exchange: Exchange, injected: InjectedFault | undefined): Exchange {
  if (injected?.fault.kind !== 'clock-skew') return exchange;
  const receivedAt = new Date(exchange.raw.receivedAt.getTime() + injected.fault.skewMs);
  return { ...exchange, raw: { ...exchange.raw, receivedAt }, request: { ...exchange.request, receivedAt } };
}

/** Throws what the fault makes the service answer, if it does. @throws {AwsError} */
export function throwInjectedError(exchange: Exchange, injected: InjectedFault | undefined): void {
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

/** What the fault leaves of an answer. */
export function deliveryOf(exchange: Exchange, response: WireResponse, injected: InjectedFault | undefined): Delivery {
  const delivery = wantedDelivery(injected, exchange.request.method === 'HEAD' ? 0 : bodySize(response));
  if (injected !== undefined && delivery !== 'whole') exchange.faults.push(injected);
  return delivery;
}

function wantedDelivery(injected: InjectedFault | undefined, bodyLength: number): Delivery {
  if (injected?.fault.kind === 'connection-reset') return 'none';
  return injected?.fault.kind === 'truncated-body' && bodyLength > 0 ? 'truncated' : 'whole';
}
