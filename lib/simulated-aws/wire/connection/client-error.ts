import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { SERVER_NAME } from '../http/message';
import { MAX_HEADER_BYTES } from '../http/raw-request';
import { writeXml } from '../xml/xml';

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

/** Answers a request whose head is too large, and hangs up. */
export function refuseLargeHead({ socket }: IncomingMessage): void {
  answerClientError(Object.assign(new Error('the head is too large'), { code: 'HPE_HEADER_OVERFLOW' }), socket);
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
