import type { ServerResponse } from 'node:http';
import type { WireResponse } from './exchange';

/** Writes an answer; `headers` come with every answer of the server and yield to the answer's own. */
export function sendResponse(
  to: ServerResponse,
  { status, headers = {}, body = '' }: WireResponse,
  common: Readonly<Record<string, string>>,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  to.statusCode = status;
  to.sendDate = false;
  for (const [name, value] of Object.entries({ ...lengthHeader(status, bytes), ...common, ...headers })) {
    // HTTP carries bytes, and Node writes Latin-1: a header's UTF-8 goes out as it is.
    to.setHeader(name, Buffer.from(value, 'utf8').toString('latin1'));
  }
  to.end(bytes);
}

function lengthHeader(status: number, body: Buffer): Readonly<Record<string, string>> {
  return status === 204 || status === 304 ? {} : { 'content-length': String(body.length) };
}
