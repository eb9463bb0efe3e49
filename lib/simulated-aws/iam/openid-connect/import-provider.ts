import type { AccountState } from '../../state/account-state';
import type { OpenIdConnectProvider } from '../../state/services/iam-state';
import { entityArn } from '../request/access';
import { readProviderUrl } from './provider-values';

type Given = Pick<OpenIdConnectProvider, 'url' | 'clientIds'> & Partial<OpenIdConnectProvider>;

/** Makes a provider. @param given.url - without `https://` */
export function addProvider(account: AccountState, given: Given): OpenIdConnectProvider {
  const provider = {
    arn: entityArn(account, 'oidc-provider', '/', given.url),
    thumbprints: [],
    createdAt: account.now(),
    tags: new Map(),
    ...given,
  };
  account.iam.openIdConnectProviders.set(provider.arn, provider);
  return provider;
}

/**
 * Makes an OpenID Connect provider that the account is to hold already, without asking anybody for permission.
 *
 * @param provider.url with `https://`
 * @throws {AwsError} `ValidationError`, for a URL that no provider can have
 */
export function importOpenIdConnectProvider(
  account: AccountState,
  provider: { readonly url: string; readonly clientIds: readonly string[] },
): void {
  addProvider(account, { ...provider, url: readProviderUrl(provider.url) });
}
