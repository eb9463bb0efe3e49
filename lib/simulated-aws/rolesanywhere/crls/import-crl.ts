import type { AccountState } from '../../state/account-state';
import { newResource } from '../request/new-resource';

const NAME = 'imported';

/**
 * Makes an enabled revocation list of a trust anchor in place of an earlier one that was made so, without asking anybody
 * for permission.
 *
 * @param pem of which nothing is checked
 */
export function importCrl(account: AccountState, trustAnchorArn: string, pem: string): void {
  const { crls } = account.rolesAnywhere;
  for (const [id, one] of crls) if (one.name === NAME && one.trustAnchorArn === trustAnchorArn) crls.delete(id);
  const resource = newResource(account, 'crl');
  crls.set(resource.id, { ...resource, name: NAME, trustAnchorArn, data: Buffer.from(pem) });
}
