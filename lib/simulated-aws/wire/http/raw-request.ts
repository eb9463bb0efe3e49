import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type BodyAllowance, HeldBody, type LeftOut } from './held-body';

/** An HTTP request as it came: nothing verified, nothing unwrapped. */
export interface RawRequest {
  readonly method: string;
  /** As it was sent, percent-encoding kept, without the query. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly queryText: string;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly isSecure: boolean;
  /** The value that AWS gives `s3:TlsVersion`, for example `1.3`; absent without TLS. */
  readonly tlsVersion?: string;
  readonly sourceIp: string;
  /** When its head was there. */
  readonly receivedAt: Date;
  /** Why the body is not there; absent when it is. */
  readonly leftOut?: LeftOut;
}

const NO_BODY = Buffer.alloc(0);

/** The head of a request, as it came before its body. */
export function readHead(message: IncomingMessage, receivedAt: Date): RawRequest {
  const [path = '/', ...query] = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '').split('?');
  const tlsVersion = tlsVersionOf(message);
  return {
    method: message.method ?? 'GET',
    path: path === '' ? '/' : path,
    queryText: query.join('?'),
    headers: joinHeaders(message.rawHeaders),
    body: NO_BODY,
    isSecure: message.socket instanceof TLSSocket,
    ...(tlsVersion === undefined ? {} : { tlsVersion }),
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    receivedAt,
    leftOut: 'unread',
  };
}

/** The largest head of a request, in bytes: request line and headers. */
export const MAX_HEADER_BYTES = 8192;

/** Limit for a request that carries certificates: a chain of three with RSA keys of 4,096 bits takes 8 KiB by itself. */
export const MAX_CERTIFIED_HEADER_BYTES = 16_384;

/** Whether its head is too large for a request without certificates; Node counts names, values and the target, as they came. */
export function isHeadTooLarge({ rawHeaders, url = '' }: IncomingMessage): boolean {
  const isCertified = rawHeaders.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'x-amz-x509');
  const headBytes = rawHeaders.reduce((sum, { length }) => sum + length, url.length);
  return !isCertified && headBytes >= MAX_HEADER_BYTES;
}

/**
 * Reads the body that goes with a head, and has the whole answered; when the client goes away in the middle, there is
 * nothing to answer.
 *
 * The held part of the body counts until the request is answered.
 */
export async function readWhole(
  message: IncomingMessage,
  { head, allowance }: { readonly head: RawRequest; readonly allowance: BodyAllowance },
  answer: (request: RawRequest) => Promise<void>,
): Promise<void> {
  const held = new HeldBody(allowance, Number(head.headers['content-length']));
  const { leftOut: _unread, ...rest } = head;
  try {
    if (!(await readBody(message, (chunk) => held.add(chunk)))) return;
    const { body, leftOut } = held;
    await answer({ ...rest, body, ...(leftOut !== undefined && { leftOut }) });
  } finally {
    held.letGo();
  }
}

/** Reads a body and keeps nothing of it. @returns whether it came to its end */
export function dropBody(message: IncomingMessage): Promise<boolean> {
  return readBody(message, () => undefined);
}

/** Whether it came to its end. */
async function readBody(message: IncomingMessage, take: (chunk: Buffer) => void): Promise<boolean> {
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) take(chunk);
    return true;
  } catch {
    return false;
  }
}

/** Signatures are computed over repeated headers joined with a bare comma, so Node's own joining does not serve. */
function joinHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const joined = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = decodeHeader(rawHeaders[index + 1] ?? '');
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** HTTP carries bytes, which Node reads as Latin-1; AWS's clients send UTF-8. */
function decodeHeader(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? value : text;
}

function tlsVersionOf({ socket }: IncomingMessage): string | undefined {
  return socket instanceof TLSSocket ? (socket.getProtocol() ?? '').replace(/^TLSv/, '') : undefined;
}
