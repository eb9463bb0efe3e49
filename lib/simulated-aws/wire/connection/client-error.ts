import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { SERVER_NAME } from '../http/message';
import { writeXml } from '../xml/xml';

/** The largest head of a request, in bytes: request line and headers. */
const MAX_HEADER_BYTES = 8192;

/** Limit for a request that carries certificates: a chain of three with RSA keys of 4,096 bits takes 8 KiB by itself. */
export const MAX_CERTIFIED_HEADER_BYTES = 16_384;

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * S3's answer to a request that cannot be read, by the parser's error.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    code: 'RequestHeaderSectionTooLarge',
    message: 'Your request header section exceeds the maximum allowed size.',
    fields: { MaxSizeAllowed: String(MAX_HEADER_BYTES) },
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'RequestTimeout',
    message:
      'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
  },
};

const UNREADABLE: Refusal = { code: 'BadRequest', message: 'An error occurred when parsing the HTTP request.' };

/** Hangs up on a request whose head is too large for one without certificates. @returns whether it has done so */
export function refuseLargeHead({ rawHeaders, url = '', socket }: IncomingMessage): boolean {
  const isCertified = rawHeaders.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'x-amz-x509');
  // Node counts names, values and the target, as they came.
  const headBytes = rawHeaders.reduce((sum, { length }) => sum + length, url.length);
  if (isCertified || headBytes < MAX_HEADER_BYTES) return false;
  answerClientError(Object.assign(new Error('the head is too large'), { code: 'HPE_HEADER_OVERFLOW' }), socket);
  return true;
}

/** Answers with status 400 what never became a request, and hangs up; on a broken connection or handshake, without a word. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  const isOfHttp = /^(?:HPE_|ERR_HTTP_)/.test(error.code ?? '');
  if (!isOfHttp || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, message, fields = {} } = REFUSALS[error.code ?? ''] ?? UNREADABLE;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml('Error', { Code: code, Message: message, ...fields })}`;
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Server: ${SERVER_NAME}`,
    'Content-Type: application/xml',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroySoon());
}
