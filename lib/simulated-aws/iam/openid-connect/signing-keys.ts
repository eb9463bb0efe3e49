import type { JsonWebKey } from 'node:crypto';
import type { Accounts } from '../../state/account-state';
import { readProviderUrl } from './provider-values';

/**
 * Supplies the public keys that an OpenID Connect provider signs its tokens with, in place of those that it had before.
 * STS gets them from the network; the simulated account never does.
 *
 * @param providerUrl with `https://`, as it is in the tokens
 * @param keys - the `keys` of the provider's JSON Web Key Set
 * @throws {AwsError} `ValidationError`, for a URL that no provider can have
 */
export function supplySigningKeys(accounts: Accounts, providerUrl: string, keys: readonly JsonWebKey[]): void {
  accounts.signingKeys.set(readProviderUrl(providerUrl), keys);
}
