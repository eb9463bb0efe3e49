import type { JsonWebKey } from 'node:crypto';
import { entityArn } from '../../iam/request/access';
import type { AccountState } from '../../state/account-state';
import type { OpenIdConnectProvider } from '../../state/services/iam-state';
import { AwsError } from '../../wire/http/aws-error';
import { isSignedBy, type JsonWebToken, tryParseToken } from './json-web-token';

/** Whom a token of a provider of the account speaks for. */
export interface VerifiedIdentity {
  readonly provider: OpenIdConnectProvider;
  readonly subject: string;
  readonly audience: string;
  readonly claims: JsonWebToken['claims'];
}

/**
 * Verifies a token: its issuer is a provider of the account, which signed it, for one of its clients, and it is in time.
 *
 * @throws {AwsError} `InvalidIdentityToken`, `ExpiredTokenException`; `IDPCommunicationError` for a provider whose keys
 *   nobody supplied
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function verifyIdentity(account: AccountState, text: string): VerifiedIdentity {
  const token = tryParseToken(text);
  if (token === undefined) {
    throw invalidToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const provider = findProvider(account, token);
  requireSignature(token, provider, account.accounts.signingKeys.get(provider.url) ?? []);
  requireTime(token, account.now());
  const { sub } = token.claims;
  if (typeof sub !== 'string' || sub === '') {
    throw invalidToken('Missing a required claim: sub');
  }
  return { provider, subject: sub, audience: requireAudience(token, provider), claims: token.claims };
}

function findProvider(account: AccountState, { claims: { iss } }: JsonWebToken): OpenIdConnectProvider {
  if (typeof iss !== 'string') {
    throw invalidToken('Missing a required claim: iss');
  }
  const url = iss.replace(/^https:\/\//, '').replace(/\/$/, '');
  const provider = account.iam.openIdConnectProviders.get(entityArn(account, 'oidc-provider', '/', url));
  if (provider === undefined) {
    throw invalidToken(`No OpenIDConnect provider found in your account for ${iss}`);
  }
  return provider;
}

function requireSignature(
  token: JsonWebToken,
  { url }: OpenIdConnectProvider,
  signingKeys: readonly JsonWebKey[],
): void {
  if (signingKeys.length === 0) {
    throw new AwsError(
      400,
      'IDPCommunicationError',
      `The signing keys of https://${url} are not known: the simulated AWS account takes them from nobody but its user.`,
    );
  }
  if (!isSignedBy(token, signingKeys)) {
    throw invalidToken("Couldn't retrieve verification key from your identity provider, or the signature is not valid");
  }
}

function requireTime({ claims: { exp, iat } }: JsonWebToken, now: Date): void {
  if (typeof exp !== 'number' || typeof iat !== 'number') {
    throw invalidToken(`Missing a required claim: ${typeof exp === 'number' ? 'iat' : 'exp'}`);
  }
  const seconds = now.getTime() / 1000;
  if (exp <= seconds) {
    throw new AwsError(400, 'ExpiredTokenException', 'Token expired: the time in the claim exp has passed');
  }
}

/** The client that the token was issued to: `azp`, where there is one, stands before `aud`. */
function requireAudience({ claims: { aud, azp } }: JsonWebToken, { clientIds }: OpenIdConnectProvider): string {
  const audiences = typeof azp === 'string' ? [azp] : Array.isArray(aud) ? aud : [aud];
  const audience = audiences.find((candidate): candidate is string => clientIds.includes(candidate as string));
  if (audience === undefined) {
    throw invalidToken('Incorrect token audience');
  }
  return audience;
}

function invalidToken(message: string): AwsError {
  return new AwsError(400, 'InvalidIdentityToken', message);
}
