import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** One HTTP request as it came: nothing verified, nothing unwrapped. */
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
  readonly receivedAt: Date;
}

/** The largest body that the simulated account holds in memory: 1 GiB. */
export const maxBodyBytes = 2 ** 30;

/** The largest body that it holds for a sender who cannot be known: 1 MiB, in which every call of IAM, STS and KMS fits. */
const maxUnknownBodyBytes = 2 ** 20;

/** What came of reading a request to its end. */
export type Reading =
  | { readonly kind: 'whole'; readonly request: RawRequest }
  /** Its body was read and dropped. */
  | { readonly kind: 'too-large' }
  /** The client went away in the middle. */
  | { readonly kind: 'broken-off' };

/** How a request is read. */
export interface ReadingOptions {
  readonly now: () => Date;
  /** Says by the head of a request, before its body, whether its sender may be known. */
  readonly mayBeKnown: (head: RawRequest) => boolean;
}

const noBody = Buffer.alloc(0);

/** Reads a request to its end; a large body of a sender who cannot be known is left out, since it is refused unread. */
export async function readRawRequest(message: IncomingMessage, { now, mayBeKnown }: ReadingOptions): Promise<Reading> {
  const isRefused = !mayBeKnown(toRawRequest(message, noBody, now()));
  try {
    const body = await readBody(message, isRefused ? maxUnknownBodyBytes : maxBodyBytes);
    if (body === undefined && !isRefused) return { kind: 'too-large' };
    return { kind: 'whole', request: toRawRequest(message, body ?? noBody, now()) };
  } catch {
    return { kind: 'broken-off' };
  }
}

function toRawRequest(message: IncomingMessage, body: Buffer, receivedAt: Date): RawRequest {
  const [path = '/', ...query] = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '').split('?');
  const tlsVersion = tlsVersionOf(message);
  return {
    method: message.method ?? 'GET',
    path: path === '' ? '/' : path,
    queryText: query.join('?'),
    headers: joinHeaders(message.rawHeaders),
    body,
    isSecure: message.socket instanceof TLSSocket,
    ...(tlsVersion === undefined ? {} : { tlsVersion }),
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    receivedAt,
  };
}

/** Its body; `undefined` when it is larger than what is kept. */
async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return sizeBytes <= maxBytes ? Buffer.concat(chunks) : undefined;
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
