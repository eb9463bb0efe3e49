import { type IncomingMessage, type ServerResponse, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { WireResponse } from '../http/message';

/** Milliseconds that a client has to read its answer and to stop sending. */
const LINGER_MS = 2_000;

const ending = new WeakSet<Socket>();

/**
 * Makes a request the last of its connection. Node closes such a connection with the answer, which resets it while the
 * client still sends, and the answer is lost; so the connection is closed in one direction first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function endConnectionAfter({ socket }: IncomingMessage): void {
  ending.add(socket);
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}

/** Whether a request came after the last one of its connection, and gets no answer. */
export function isAfterLast({ socket }: IncomingMessage): boolean {
  return ending.has(socket);
}

/** Writes an answer; `common` headers come with every answer of the server and yield to the answer's own. */
export function sendResponse(
  to: ServerResponse,
  response: WireResponse,
  common: Readonly<Record<string, string>>,
): void {
  writeHead(to, response, common);
  const pieces = bodyPieces(response);
  for (const piece of pieces.slice(0, -1)) to.write(piece);
  to.end(pieces.at(-1));
}

/** Sets status and headers. */
function writeHead(to: ServerResponse, response: WireResponse, common: Readonly<Record<string, string>>): void {
  const { status, headers = {} } = response;
  to.statusCode = status;
  to.sendDate = false;
  for (const [name, value] of Object.entries({ ...lengthHeader(response), ...common, ...headers })) {
    to.setHeader(name, toWire(value));
  }
}

/** Refuses an answer whose headers cannot be sent. @throws {TypeError} when one holds a control character */
export function requireSendable({ headers = {} }: WireResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderValue(name, toWire(value));
  }
}

/** HTTP carries bytes, and Node writes Latin-1: a header's UTF-8 goes out as it is. */
function toWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

function lengthHeader(response: WireResponse): Readonly<Record<string, string>> {
  const { status } = response;
  return status === 204 || status === 304 ? {} : { 'content-length': String(bodySize(response)) };
}

/** The bytes of an answer, in the pieces in which they are sent. */
export function bodyPieces({ body = '' }: Pick<WireResponse, 'body'>): readonly Buffer[] {
  if (typeof body === 'string') return [Buffer.from(body)];
  return Buffer.isBuffer(body) ? [body] : body;
}

export function bodySize(response: Pick<WireResponse, 'body'>): number {
  return bodyPieces(response).reduce((size, piece) => size + piece.length, 0);
}

/** Ends the connection without an answer: with a TCP reset, over TLS by closing it. */
export function hangUp({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Sends the headers and half of the body, and ends the connection. */
export function sendTruncated(
  to: ServerResponse,
  response: WireResponse,
  common: Readonly<Record<string, string>>,
): void {
  writeHead(to, response, common);
  const body = Buffer.concat(bodyPieces(response));
  to.write(body.subarray(0, Math.floor(body.length / 2)), () => to.socket?.destroy());
}
