import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** A proxy on loopback that leads every request to one port, whatever host was asked for. */
export interface ForwardProxy {
  readonly url: string;
  /** The request, as in `CONNECT 127.0.0.1:1` and `PUT http://127.0.0.1:1`. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface ForwardProxyOptions {
  readonly toPort: number;
  /** Status of every answer, in the place of a connection. */
  readonly refusesWith?: number;
}

export async function startForwardProxy({ toPort, refusesWith }: ForwardProxyOptions): Promise<ForwardProxy> {
  const asked: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    const { protocol, host } = new URL(request.url ?? '');
    asked.push(`${request.method} ${protocol}//${host}`);
    if (refusesWith !== undefined) return void response.writeHead(refusesWith).end();
    const { method, headers } = request;
    const path = (request.url ?? '').slice(`${protocol}//${host}`.length);
    const onward = http.request({ host: '127.0.0.1', port: toPort, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: net.Socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => undefined);
    if (refusesWith !== undefined) return void socket.end(`HTTP/1.1 ${refusesWith} Refused\r\n\r\n`);
    const onward = net.connect(toPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
