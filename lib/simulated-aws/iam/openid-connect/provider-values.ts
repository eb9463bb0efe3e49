import { validationError } from '../../service/parameters';
import { notImplemented } from '../../wire/http/aws-error';
import { invalidInput, limitExceeded } from '../request/errors';

const MAX_CLIENT_IDS = 100;
const MAX_THUMBPRINTS = 5;

/**
 * The provider's URL without `https://`.
 *
 * @throws {AwsError} `ValidationError`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export function readProviderUrl(text: string): string {
  const [, rest] = /^https:\/\/([A-Za-z0-9.-]+(?:\/[^?#\s]*)?)$/.exec(text) ?? [];
  if (rest === undefined) {
    throw validationError(
      'Invalid Open ID Connect Provider URL: it begins with https:// and has neither port, query nor fragment.',
    );
  }
  return rest.replace(/\/$/, '');
}

/** @throws {AwsError} `LimitExceeded` over 100, `ValidationError` */
export function requireClientIds(clientIds: readonly string[]): readonly string[] {
  const wrong = clientIds.find(({ length }) => length < 1 || length > 255);
  if (wrong !== undefined) {
    throw validationError(`A client ID has 1 to 255 characters, got: ${wrong.length}`);
  }
  if (clientIds.length > MAX_CLIENT_IDS) {
    throw limitExceeded(`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MAX_CLIENT_IDS}`);
  }
  return [...new Set(clientIds)];
}

/** @throws {AwsError} `InvalidInput`; `NotImplemented` without any, since IAM then asks the provider */
export function requireThumbprints(thumbprints: readonly string[]): readonly string[] {
  if (thumbprints.length === 0) {
    throw notImplemented('an OpenID Connect provider without a thumbprint, which IAM gets from the network');
  }
  if (thumbprints.length > MAX_THUMBPRINTS) {
    throw invalidInput(`Thumbprint list must contain at most ${MAX_THUMBPRINTS} entries.`);
  }
  const wrong = thumbprints.find((thumbprint) => !/^[0-9A-Fa-f]{40}$/.test(thumbprint));
  if (wrong !== undefined) {
    throw invalidInput(`A thumbprint has 40 hexadecimal digits, got: ${wrong}`);
  }
  return thumbprints;
}
