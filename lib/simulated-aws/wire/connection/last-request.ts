import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

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
