import type { STSClientConfig } from '@aws-sdk/client-sts';

/** The log of the credential providers: the SDK's chain throws only the last of all errors. */
export interface ProviderLog {
  readonly logger: NonNullable<STSClientConfig['logger']>;
  /** The words of a `credential_process`, and the requested profile that is missing, once each. */
  readonly failures: () => readonly string[];
}

/** Nobody has to have a profile of the name default. */
const TELLING =
  /^@smithy\/property-provider -> ((?:Profile \S+ credential_process|Command failed: |Profile (?!default )\S+ could not be found).*)$/s;
const nothing = () => undefined;

/** Keeps no more than the failures: what is said of requests and their results is not even looked at. */
export function createProviderLog(): ProviderLog {
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
