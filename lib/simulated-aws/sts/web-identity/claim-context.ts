import { tryFindConditionKeyType } from '../../../iam/condition-keys/known-condition-keys';
import type { ContextValue } from '../../../iam/types';
import type { VerifiedIdentity } from './verified-identity';

/**
 * The condition keys that a token supplies, each named after its provider: audience and subject, how the subject was
 * authenticated, and those claims that AWS documents for the provider, such as GitHub's `repository`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export function claimContext(identity: VerifiedIdentity): Readonly<Record<string, ContextValue>> {
  const { provider, audience, subject, claims } = identity;
  const methods = Array.isArray(claims.amr) ? claims.amr.filter((method) => typeof method === 'string') : [];
  return {
    ...documentedClaims(identity),
    [`${provider.url}:aud`]: audience,
    [`${provider.url}:sub`]: subject,
    ...(methods.length === 0 ? {} : { [`${provider.url}:amr`]: methods }),
  };
}

function documentedClaims({ provider, claims }: VerifiedIdentity): Readonly<Record<string, string>> {
  const known = Object.entries(claims)
    .map(([claim, value]) => [`${provider.url}:${claim}`, value] as const)
    .filter(([key, value]) => isSingleValue(value) && tryFindConditionKeyType(key) !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [key, String(value)]));
}

function isSingleValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
