import { type Accounts, accountOfRequest } from './accounts';
import type { RawRequest } from './wire/raw-request';
import { readPresentation } from './wire/signature/presented-signature';

/** Whether a request can be anything but refused for its signature, as far as its head tells. */
export function mayBeKnown(accounts: Accounts, head: RawRequest): boolean {
  const presentation = readPresentation(head);
  if (presentation.kind !== 'signed') return presentation.kind === 'anonymous';
  const { accessKeyId, scope } = presentation.signature;
  return accountOfRequest(accounts, accessKeyId, scope.region).iam.accessKeys.has(accessKeyId);
}
