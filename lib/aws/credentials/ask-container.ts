import { readFileSync } from 'node:fs';
import type { ProcessEnvironment } from '../../process-environment';
import { askLocal } from './ask-local';

/** The answer of the container credentials endpoint. Never a secret. */
export interface ContainerAnswer {
  readonly url: string;
  /** Missing when no answer came. */
  readonly status?: number;
  /** Why no answer came, in the system's code. */
  readonly failure?: string;
  /** Why nothing was asked: the address or the token's file cannot be read. */
  readonly unreadable?: string;
}

const ECS_HOST = 'http://169.254.170.2';

/**
 * Asks where the environment says that a container gets its credentials; `undefined` where it says nothing.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function askContainer(env: ProcessEnvironment): Promise<ContainerAnswer | undefined> {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const url = relative ? `${ECS_HOST}${relative}` : env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!url) return undefined;
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const token = file ? tryRead(file) : env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  if (file && token === undefined) return { url, unreadable: `the token file ${file} cannot be read` };
  if (!URL.canParse(url)) return { url, unreadable: `the container credentials endpoint must be a URL, got: ${url}` };
  const answer = await askLocal(new URL(url), { headers: token === undefined ? {} : { authorization: token } });
  return 'failure' in answer ? { url, failure: answer.failure } : { url, status: answer.status };
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
