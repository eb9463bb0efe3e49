import { connect } from 'node:net';

/** Bytes that came back over a socket until it was closed. */
export interface RawAnswer {
  /** Absent when the server hung up without an answer. */
  readonly status?: number;
  readonly text: string;
  /** Code of the error that the connection ended with, if it did. */
  readonly error?: string;
}

/** A request as bytes; the server is told to hang up after its answer. */
export function requestBytes(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string = '',
): Buffer {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers, connection: 'close' });
  const head = [`${method} ${target} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
}

/** Sends the pieces one after the other, and reads until the server hangs up. */
export function exchange(port: number, ...pieces: readonly Buffer[]): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    let error: string | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk) => received.push(chunk));
    // A server that hangs up in the middle of a write resets the connection.
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      error = code;
    });
    socket.on('close', () => {
      const text = Buffer.concat(received).toString('utf8');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({
        text,
        ...(status === undefined ? {} : { status: Number(status) }),
        ...(error === undefined ? {} : { error }),
      });
    });
  });
}
