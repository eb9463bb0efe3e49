import { ToolkitError } from '../../errors';
import type { ProcessEnvironment } from '../../process-environment';
import { askContainer } from './ask-container';
import { askMetadata } from './ask-metadata';
import { CREDENTIAL_TROUBLES, type SearchEvidence } from './credential-troubles';
import { metadataEndpoint } from './metadata-endpoint';
import { metadataTrouble } from './metadata-troubles';

/** How messages to whoever is at the host call what is there. */
export interface HostWords {
  /** The source of the host's credentials, as in `the instance profile`. */
  readonly giver: string;
  /** Remedy where there are no credentials. */
  readonly give: string;
}

export interface Search {
  /** Variables of the process. @default none */
  readonly env?: ProcessEnvironment;
  readonly hostWords?: HostWords;
}

interface Told {
  readonly found: string;
  readonly fix: string;
}

const ANYBODY: HostWords = {
  giver: 'another source',
  give: 'Sign in, or name a profile that has credentials; on a Vault host, give it its role',
};

/** The error for a search that found no credentials: why, from what the providers said and what the services beside this host answer. */
export async function noCredentials(
  reason: string,
  { env = {}, hostWords = ANYBODY }: Search,
  cause?: unknown,
): Promise<ToolkitError> {
  const { found, fix } = await explain({ reason, env }, hostWords);
  const isExpired = /expired/i.test(reason);
  const rule = isExpired ? 'must not be expired' : "must come from the AWS SDK's default provider chain";
  const said = reason === found ? '' : ` (${reason})`;
  return new ToolkitError(
    isExpired ? 'ExpiredCredentials' : 'NoCredentials',
    `'credentials' ${rule}, got: none: ${found}${said}\n${fix}; vault-env doctor looks at the host`,
    { cause },
  );
}

async function explain(evidence: SearchEvidence, words: HostWords): Promise<Told> {
  const { env } = evidence;
  const told = tellFrom(evidence, words);
  if (told !== undefined) return told;
  const container = await askContainer(env);
  if (container !== undefined) return tellFrom({ ...evidence, container }, words) ?? nothingFound(evidence, words);
  const endpoint = await metadataEndpoint(env);
  const answer = await askMetadata(endpoint);
  const trouble = metadataTrouble(answer);
  if (trouble !== undefined) return trouble;
  if (answer.tokenStatus === undefined)
    return { found: `nothing answers at ${endpoint}, where EC2 has its metadata service`, fix: words.give };
  if (answer.roleName === undefined)
    return { found: `the metadata service at ${endpoint} has no role to give`, fix: words.give };
  return nothingFound(evidence, words);
}

function nothingFound({ reason }: SearchEvidence, { give }: HostWords): Told {
  return { found: reason, fix: give };
}

/** The cause by the SDK's words alone; `undefined` where they do not tell. */
export function tellFrom(evidence: SearchEvidence, { giver }: Pick<HostWords, 'giver'>): Told | undefined {
  const trouble = CREDENTIAL_TROUBLES.find(({ fits }) => fits(evidence));
  return trouble && { found: trouble.found(evidence), fix: trouble.fix(evidence, giver) };
}
