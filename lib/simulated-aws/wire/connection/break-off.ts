import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { WireResponse } from '../http/message';
import { bodyPieces } from './response-body';
import { writeHead } from './send-response';

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
