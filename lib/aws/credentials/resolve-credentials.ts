import { ToolkitError } from '../../errors';
import { noCredentials, type Search } from './no-credentials';

/** The facts about credentials that may be printed; the secret and the session token never leave the SDK. */
export interface CredentialFacts {
  /** Whether they come with a session token and run out. */
  readonly isTemporary: boolean;
  /** First four characters of the access key id, which tell its kind, and the last four. */
  readonly accessKeyIdHint: string;
  readonly expiration: Date | undefined;
  /** Where the default provider chain found them, in words. */
  readonly source: string;
  /** The same as the SDK marks it, as in `CREDENTIALS_ENV_VARS`; `IMDS` for the instance metadata service. */
  readonly mark: string;
}

interface SdkCredentials {
  readonly accessKeyId: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
  /** Marks that the SDK's providers leave on what they return. */
  readonly $source?: Readonly<Record<string, unknown>> | undefined;
}

/** The only source in the default chain that leaves no mark. */
const UNMARKED_SOURCE = 'the instance metadata service';

/** The SDK's marks in the order of how much they say, and what each means to a person. */
const SOURCES: readonly (readonly [string, string])[] = [
  ['CREDENTIALS_ENV_VARS', 'the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  ['CREDENTIALS_HTTP', 'the container credentials endpoint'],
  ['CREDENTIALS_PROFILE_PROCESS', 'the credential_process of a profile in the shared AWS config file'],
  ['CREDENTIALS_PROCESS', 'the credential_process of a profile in the shared AWS config file'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'a profile that assumes a role'],
  ['CREDENTIALS_SSO', 'an IAM Identity Center sign-in'],
  ['CREDENTIALS_SSO_LEGACY', 'an IAM Identity Center sign-in'],
  ['CREDENTIALS_PROFILE', 'a profile in the shared AWS config or credentials file'],
];

/** Facts about the chain besides its result or error. */
export interface ChainFacts extends Search {
  /** The words of providers that the chain's own error leaves out. */
  readonly failures?: () => readonly string[];
}

/**
 * Finds credentials by the default provider chain. Where the signal ended the wait, its reason is thrown.
 *
 * @throws {ToolkitError} `NoCredentials`, when no provider has any; `ExpiredCredentials`, when they have run out
 */
export async function resolveCredentials(
  provider: () => Promise<SdkCredentials>,
  facts: ChainFacts = {},
  signal?: AbortSignal,
): Promise<CredentialFacts> {
  const credentials = await provider().catch(async (cause: unknown) => {
    signal?.throwIfAborted();
    const words = cause instanceof Error ? cause.message : String(cause);
    throw await noCredentials([...(facts.failures?.() ?? []), words].join('; '), facts, cause);
  });
  if (credentials.accessKeyId === '') throw await noCredentials(EMPTY, facts);
  const found = factsOf(credentials);
  if (found.expiration !== undefined && found.expiration.getTime() <= Date.now()) throw expiredCredentials(found);
  return found;
}

function factsOf({ accessKeyId, sessionToken, expiration, $source = {} }: SdkCredentials): CredentialFacts {
  const source = SOURCES.find(([mark]) => mark in $source);
  return {
    isTemporary: sessionToken !== undefined && sessionToken !== '',
    accessKeyIdHint: `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`,
    expiration,
    source: source?.[1] ?? UNMARKED_SOURCE,
    mark: source?.[0] ?? 'IMDS',
  };
}

const EMPTY = 'The keys that came are empty';
const RENEW = 'Renew them where they come from, then run this again';

/** The error for temporary credentials that have run out. */
export function expiredCredentials({ accessKeyIdHint, expiration, source }: CredentialFacts): ToolkitError {
  const when = expiration === undefined ? '' : `, expired at ${expiration.toISOString()}`;
  return new ToolkitError(
    'ExpiredCredentials',
    `'credentials' must not be expired, got: ${accessKeyIdHint} from ${source}${when}\n${RENEW}`,
  );
}
