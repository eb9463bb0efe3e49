import { type ServerResponse, validateHeaderValue } from 'node:http';
import type { WireResponse } from './message';

/** Writes an answer; `common` headers come with every answer of the server and yield to the answer's own. */
export function sendResponse(
  to: ServerResponse,
  response: WireResponse,
  common: Readonly<Record<string, string>>,
): void {
  to.end(writeHead(to, response, common));
}

/** Sets status and headers, and returns the body that goes with them. */
export function writeHead(
  to: ServerResponse,
  { status, headers = {}, body = '' }: WireResponse,
  common: Readonly<Record<string, string>>,
): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  to.statusCode = status;
  to.sendDate = false;
  for (const [name, value] of Object.entries({ ...lengthHeader(status, bytes), ...common, ...headers })) {
    to.setHeader(name, toWire(value));
  }
  return bytes;
}

/** Refuses an answer whose headers cannot be sent. @throws {TypeError} when one holds a control character */
export function assertSendable({ headers = {} }: WireResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderValue(name, toWire(value));
  }
}

/** HTTP carries bytes, and Node writes Latin-1: a header's UTF-8 goes out as it is. */
function toWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

function lengthHeader(status: number, body: Buffer): Readonly<Record<string, string>> {
  return status === 204 || status === 304 ? {} : { 'content-length': String(body.length) };
}
