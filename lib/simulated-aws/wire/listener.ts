import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { ServerIdentity } from './certificate';
import { listenOnLoopback } from './loopback';

/** A port that speaks HTTPS and HTTP. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends every connection, also the idle ones. */
  readonly close: () => Promise<void>;
}

/** The first byte of a TLS record that holds a handshake; no HTTP method begins with it. */
const tlsHandshake = 0x16;

/** Milliseconds; longer than clients pause between their polls, so that none meets a connection that just closes. */
const keepAliveTimeout = 60_000;

/** A server, and the port it is to have. */
export interface ListenerOptions {
  readonly identity: ServerIdentity;
  /** 0 for a free one. */
  readonly port: number;
}

/**
 * Listens on the loopback address, and tells HTTPS from HTTP by the first byte of each connection.
 *
 * @throws {ToolkitError} `PortNotFree`
 */
export async function listen({ identity, port }: ListenerOptions, onRequest: RequestListener): Promise<Listener> {
  const plain = createServer({ keepAliveTimeout }, onRequest);
  const { privateKeyPem: key, certificatePem: cert } = identity;
  const secure = createSecureServer({ keepAliveTimeout, key, cert }, onRequest);
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
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

function handOver(socket: Socket, { plain, secure }: { readonly plain: Server; readonly secure: Server }): void {
  socket.once('data', (first: Buffer) => {
    socket.pause();
    socket.unshift(first);
    (first[0] === tlsHandshake ? secure : plain).emit('connection', socket);
    process.nextTick(() => socket.resume());
  });
}
