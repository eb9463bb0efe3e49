import http from 'node:http';
import https from 'node:https';

/** The answer of a service beside this host. */
export interface LocalAnswer {
  readonly status: number;
  readonly body: string;
}

/** No answer, and why. */
export interface NoLocalAnswer {
  readonly failure: string;
}

const TIMEOUT_MS = 1_000;
/** More than any document of theirs. */
const LONGEST_BODY = 65_536;

/** Asks a metadata or credentials service, never through a proxy, and gives up after a second. */
export function askLocal(url: URL, options: http.RequestOptions): Promise<LocalAnswer | NoLocalAnswer> {
  return new Promise((resolve) => {
    const { request: send, Agent } = url.protocol === 'https:' ? https : http;
    // An agent of its own: whatever proxy Node's default agent may know stays out of it.
    const request = send(url, { ...options, agent: new Agent(), timeout: TIMEOUT_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        if (body.length < LONGEST_BODY) body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    const giveUp = setTimeout(() => request.destroy(), TIMEOUT_MS);
    request.on('close', () => {
      clearTimeout(giveUp);
      resolve({ failure: 'ETIMEDOUT' });
    });
    request.on('error', ({ code = 'ETIMEDOUT' }: NodeJS.ErrnoException) => resolve({ failure: code }));
    request.end();
  });
}
