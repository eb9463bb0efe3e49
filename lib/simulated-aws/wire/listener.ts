import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { ServerIdentity } from './certificate';

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

/** Listens on a free port of the loopback address, and tells HTTPS from HTTP by the first byte of each connection. */
export async function listen(identity: ServerIdentity, onRequest: RequestListener): Promise<Listener> {
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
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
