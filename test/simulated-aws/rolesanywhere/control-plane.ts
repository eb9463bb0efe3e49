import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { type Signer, signedHeaders } from '../sign';

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request to the service, as its SDKs send it. */
export interface ControlRequest {
  readonly method: string;
  /** Percent-encoded, with its query. */
  readonly target: string;
  readonly body?: object;
}

type Credentials = Pick<Signer, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;

/** Sends a request, signed as the administrator unless told otherwise. */
export async function ask(
  account: SimulatedAccount,
  { method, target, body: input }: ControlRequest,
  credentials: Credentials = account.administrator,
): Promise<JsonAnswer> {
  const body = input === undefined ? '' : JSON.stringify(input);
  const { host } = new URL(account.plainEndpoint);
  const given = { host, ...(input === undefined ? {} : { 'content-type': 'application/json' }) };
  const signer = { ...credentials, region: account.state.region, service: 'rolesanywhere', now: account.state.now() };
  const headers = signedHeaders({ method, target: encodedOnceMore(target), headers: given, body }, signer);
  const { host: _host, ...sent } = headers;
  const response = await fetch(`${account.plainEndpoint}${target}`, {
    method,
    headers: sent,
    ...(input === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text === '' ? {} : JSON.parse(text),
  };
}

/** All services but S3 sign a path that is encoded once more. */
function encodedOnceMore(target: string): string {
  const [path = '', ...query] = target.split('?');
  return [path.split('/').map(encodeURIComponent).join('/'), ...query].join('?');
}
