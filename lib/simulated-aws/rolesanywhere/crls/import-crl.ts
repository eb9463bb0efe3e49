import type { AccountState } from '../../state/account-state';
import { newResource } from '../request/new-resource';

/**
 * Makes an enabled revocation list of a trust anchor, without asking anybody for permission.
 *
 * @param pem of which nothing is checked
 */
export function importCrl(account: AccountState, trustAnchorArn: string, pem: string): void {
  const resource = newResource(account, 'crl');
  const crl = { ...resource, name: 'imported', trustAnchorArn, data: Buffer.from(pem) };
  account.rolesAnywhere.crls.set(resource.id, crl);
}
