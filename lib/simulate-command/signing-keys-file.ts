import type { JsonWebKey } from 'node:crypto';
import { ConfigError } from '../errors';
import { parseStrictJson } from '../json-shape';
import { describeSchemaIssue } from '../schema-issues';
import { signingKeysFileSchema } from './schema';

/** Public keys of OpenID Connect providers, by the provider's URL. */
export type SigningKeys = Readonly<Record<string, readonly JsonWebKey[]>>;

/**
 * The keys in a file of signing keys: `{ "https://oidc.example.com": { "keys": [...] } }`. Pure.
 *
 * @param file how to call the file in a message
 * @throws {ConfigError} `BadSigningKeys` with every problem of the file
 */
export function parseSigningKeysFile(text: string, file: string): SigningKeys {
  const result = signingKeysFileSchema.safeParse(parseJson(text, file), { reportInput: true });
  if (!result.success) {
    throw new ConfigError(
      'BadSigningKeys',
      result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file, signingKeysFileSchema)),
    );
  }
  return Object.fromEntries(Object.entries(result.data).map(([url, { keys }]) => [url, keys as JsonWebKey[]]));
}

function parseJson(text: string, file: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    const message = `is not valid JSON: ${(cause as Error).message}`;
    throw new ConfigError('BadSigningKeys', [{ file, path: '', message }]);
  }
}
