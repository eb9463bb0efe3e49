import type { JsonWebKey } from 'node:crypto';
import { ToolkitError } from '../../../errors';
import type { AccountState } from '../../account-state';
import { entityArn } from '../arns';
import { readProviderUrl } from './provider-values';

/**
 * Supplies the public keys that an OpenID Connect provider signs its tokens with. STS gets them from the network; the
 * simulated account never does.
 *
 * @param providerUrl as the account's provider has it, with `https://`
 * @param keys - the `keys` of the provider's JSON Web Key Set
 * @throws {ToolkitError} `UnknownIdentityProvider`, when the account has no such provider
 */
export function supplySigningKeys(account: AccountState, providerUrl: string, keys: readonly JsonWebKey[]): void {
  const arn = entityArn(account, 'oidc-provider', '/', readProviderUrl(providerUrl));
  const provider = account.iam.openIdConnectProviders.get(arn);
  if (provider === undefined) {
    const known = [...account.iam.openIdConnectProviders.values()].map(({ url }) => `https://${url}`);
    throw new ToolkitError(
      'UnknownIdentityProvider',
      `'providerUrl' must be that of an OpenID Connect provider of the account (${known.join(', ') || 'it has none'}), got: ${providerUrl}`,
    );
  }
  account.iam.openIdConnectProviders.set(arn, { ...provider, signingKeys: keys });
}
