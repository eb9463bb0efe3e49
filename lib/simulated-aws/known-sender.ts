import { type Accounts, accountOfRequest } from './accounts';
import { BodyAllowance } from './wire/body-allowance';
import type { RawRequest } from './wire/raw-request';
import { readPresentation } from './wire/signature/presented-signature';

const MIB = 2 ** 20;

/** How much is held of the bodies of those who present a key that is there, and of everybody else. */
export interface BodyAllowances {
  readonly known: BodyAllowance;
  readonly strangers: BodyAllowance;
}

export function createBodyAllowances(): BodyAllowances {
  return { known: new BodyAllowance(1024 * MIB, 2048 * MIB), strangers: new BodyAllowance(16 * MIB, 64 * MIB) };
}

/** Whether the head of a request presents an access key that is there; its signature is checked when it is whole. */
export function hasKnownKey(accounts: Accounts, head: RawRequest): boolean {
  const presentation = readPresentation(head);
  if (presentation.kind !== 'signed') return false;
  const { accessKeyId, scope } = presentation.signature;
  return accountOfRequest(accounts, accessKeyId, scope.region).iam.accessKeys.has(accessKeyId);
}
