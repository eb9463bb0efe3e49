import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { createServerIdentity } from '../../../lib/simulated-aws/wire/connection/certificate';
import { type Listener, listen } from '../../../lib/simulated-aws/wire/connection/listener';
import { exchange } from '../raw-exchange';

let listener: Listener;
let authority: string;
let requests: string[];

beforeAll(async () => {
  const identity = await createServerIdentity();
  authority = identity.caCertificatePem;
  const patience = { headersMs: 200, requestMs: 400 };
  listener = await listen({ identity, port: 0, patience }, ({ message, response, awaitsContinue }) => {
    requests.push(message.url ?? '');
    if (awaitsContinue) response.writeContinue();
    message.on('error', () => undefined).resume();
    message.once('end', () => response.end('answered'));
  });
});

beforeEach(() => {
  requests = [];
});

afterAll(() => listener.close());

const bytes = (text: string) => Buffer.from(text);
const timeout = '<Code>RequestTimeout</Code>';

/** Waits until the server has hung up, and says what it said before. */
function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve(text)));
}

describe('a client that', () => {
  test('sends nothing is hung up on', async () => {
    expect(await exchange(listener.port)).toEqual({ text: '' });
  });

  test('begins with TLS and stops is hung up on', async () => {
    expect(await exchange(listener.port, Buffer.from([0x16, 0x03, 0x01]))).toEqual({ text: '' });
  });

  test('never ends its headers gets a timeout', async () => {
    const { status, text } = await exchange(listener.port, bytes('GET / HTTP/1.1\r\nhost: a'));
    expect([status, text.includes(timeout), requests]).toEqual([400, true, []]);
  });

  test('never ends its headers over TLS gets one too', async () => {
    const socket = connectSecurely({ port: listener.port, host: '127.0.0.1', ca: authority }, () => {
      socket.write('GET / HTTP/1.1\r\n');
    });
    expect(await untilClosed(socket)).toContain(timeout);
  });

  test('sends its headers drop by drop gets one all the same', async () => {
    const socket = connect(listener.port, '127.0.0.1');
    const drops = setInterval(() => socket.write('x'), 50);
    socket.write('GET / HTTP/1.1\r\n');
    expect(await untilClosed(socket)).toContain(timeout);
    clearInterval(drops);
  });

  test('never ends its body is cut off', async () => {
    const head = 'PUT /slow HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf';
    const { text } = await exchange(listener.port, bytes(head));
    expect([text.includes('answered'), requests]).toEqual([false, ['/slow']]);
  });

  test('closes its half of the connection in the middle is forgotten', async () => {
    const socket = connect(listener.port, '127.0.0.1');
    socket.end('PUT /half HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf');
    expect(await untilClosed(socket)).not.toContain('answered');
  });

  test('waits for the go-ahead gets it before it sends its body', async () => {
    const socket = connect(listener.port, '127.0.0.1');
    socket.write('PUT / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\nconnection: close\r\n\r\n');
    socket.once('data', () => socket.write('body'));
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });
});

test('others are answered while a hundred clients say nothing', async () => {
  const silent = Array.from({ length: 100 }, () => untilClosed(connect(listener.port, '127.0.0.1')));
  const { text } = await exchange(listener.port, bytes('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'));
  expect(text).toContain('answered');
  expect(new Set(await Promise.all(silent))).toEqual(new Set(['']));
});
