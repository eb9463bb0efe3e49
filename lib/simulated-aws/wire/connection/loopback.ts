import type { Server } from 'node:net';
import { ToolkitError } from '../../../errors';

/**
 * Lets a server listen on the loopback address, and nowhere else.
 *
 * @param port 0 for a free one
 * @throws {ToolkitError} `PortNotFree`
 */
export async function listenOnLoopback(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(portNotFree(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portNotFree(port: number, cause: NodeJS.ErrnoException): ToolkitError {
  const message = `port ${port} of 127.0.0.1 must be free, got: ${cause.code ?? cause.message}\nName another one, or 0 for any`;
  return new ToolkitError('PortNotFree', message, { cause });
}
