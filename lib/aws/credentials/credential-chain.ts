import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { type ClientOptions, clientConfig } from '../client-config';
import { boundCredentials } from './bounded-credentials';
import { type ChainFacts, type CredentialFacts, resolveCredentials } from './resolve-credentials';

/** The log of the credential providers: the SDK's chain throws only the last of all errors. */
interface ProviderLog {
  readonly logger: NonNullable<STSClientConfig['logger']>;
  /** The words of a `credential_process`, and the requested profile that is missing, once each. */
  readonly failures: () => readonly string[];
}

/** Nobody has to have a profile of the name default. */
const TELLING =
  /^@smithy\/property-provider -> ((?:Profile \S+ credential_process|Command failed: |Profile (?!default )\S+ could not be found).*)$/s;
const nothing = () => undefined;

/** Keeps no more than the failures: what is said of requests and their results is not even looked at. */
function createProviderLog(): ProviderLog {
  const failures = new Set<string>();
  const debug = (text: unknown) => {
    const [, failure] = TELLING.exec(String(text)) ?? [];
    if (failure !== undefined) failures.add(failure.trim().replace(/\s*\n\s*/g, ': '));
  };
  return {
    logger: { debug, info: nothing, warn: nothing, error: nothing },
    failures: () => [...failures],
  };
}

/** The SDK's own second is too short for a host that is busy. */
const METADATA_TIMEOUT_MS = 5_000;

/** The SDK's own search for credentials, bounded: once for all clients, which refresh them together. */
export function createCredentialChain(options: ClientOptions & ChainFacts) {
  const { logger, failures } = createProviderLog();
  // A provider's requests to AWS, as for a role to assume, go the way of this client.
  const config = { ...clientConfig(options), logger };
  // The SDK hands the client's settings on to its providers, and that of the metadata service reads this one.
  const client = new STSClient(Object.assign(config, { timeout: METADATA_TIMEOUT_MS }));
  const provider = boundCredentials(client.config.credentials, options.credentialsTimeoutMs);
  return {
    /** For clients of the SDK. */
    provide: (properties?: object) => provider(properties),
    resolve: (signal?: AbortSignal): Promise<CredentialFacts> =>
      resolveCredentials(() => provider(undefined, signal), { ...options, failures }, signal),
    close: () => client.destroy(),
  };
}

export type CredentialChain = ReturnType<typeof createCredentialChain>;
