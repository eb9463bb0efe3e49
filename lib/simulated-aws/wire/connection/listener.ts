import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { isHeadTooLarge, MAX_CERTIFIED_HEADER_BYTES } from '../http/raw-request';
import type { ServerIdentity } from './certificate';
import { answerClientError, refuseLargeHead } from './client-error';
import { listenOnLoopback } from './loopback';
import { isAfterLast } from './send-response';

/** A port that speaks HTTPS and HTTP. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends every connection, also the idle ones. */
  readonly close: () => Promise<void>;
}

/** A request whose head is there. */
export interface Arrival {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** Whether the client waits for `100 Continue` before it sends the body. */
  readonly awaitsContinue: boolean;
}

/** The events of a server that bring one. */
const ARRIVALS = [
  ['request', false],
  ['checkContinue', true],
] as const;

/** How long a client may take; in milliseconds. */
export interface Patience {
  /** From the beginning of a connection or a request until its headers are there. */
  readonly headersMs: number;
  /** Until the whole request is there. */
  readonly requestMs: number;
}

/** Long enough for the largest upload over loopback; a client that sends nothing is cut off all the same. */
const DEFAULT_PATIENCE: Patience = { headersMs: 60_000, requestMs: 300_000 };

/** The first byte of a TLS record that holds a handshake; no HTTP method begins with it. */
const TLS_HANDSHAKE = 0x16;

/** Milliseconds; longer than clients pause between their polls, so that none meets a connection that just closes. */
const KEEP_ALIVE_TIMEOUT = 60_000;

/** A server, and the port it is to have. */
export interface ListenerOptions {
  readonly identity: ServerIdentity;
  /** 0 for a free one. */
  readonly port: number;
  /** @default - a minute for the headers, five for the whole request */
  readonly patience?: Patience;
}

/**
 * Listens on the loopback address, and tells HTTPS from HTTP by the first byte of each connection.
 *
 * @throws {ToolkitError} `PortNotFree`
 */
export async function listen(
  { identity, port, patience = DEFAULT_PATIENCE }: ListenerOptions,
  onRequest: (arrival: Arrival) => void,
): Promise<Listener> {
  const options = optionsOf(patience);
  const plain = createServer(options);
  const { privateKeyPem: key, certificatePem: cert } = identity;
  const secure = createSecureServer({ ...options, key, cert, handshakeTimeout: patience.headersMs });
  for (const server of [plain, secure]) {
    for (const [event, awaitsContinue] of ARRIVALS) {
      server.on(event, (message, response) => {
        if (isAfterLast(message)) return;
        if (isHeadTooLarge(message)) refuseLargeHead(message);
        else onRequest({ message, response, awaitsContinue });
      });
    }
    server.on('clientError', answerClientError);
    // Neither listens on a port of its own, and it is this event that starts their watch over slow clients.
    server.emit('listening');
  }
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(patience.headersMs, () => socket.destroy());
    handOver(socket, { plain, secure });
  });
  await listenOnLoopback(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        plain.close();
        secure.close();
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

function optionsOf({ headersMs, requestMs }: Patience) {
  return {
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    maxHeaderSize: MAX_CERTIFIED_HEADER_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(headersMs, 5_000),
  };
}

function handOver(socket: Socket, { plain, secure }: { readonly plain: Server; readonly secure: Server }): void {
  socket.once('data', (first: Buffer) => {
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(first);
    (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
    process.nextTick(() => socket.resume());
  });
}
