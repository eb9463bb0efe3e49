import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountState } from '../state/account-state';
import { listenOnLoopback } from '../wire/connection/loopback';
import { sendResponse } from '../wire/connection/send-response';
import { SERVER_NAME, type WireResponse } from '../wire/http/message';

/** A request to a link-local service: the instance metadata, or the credentials of a container. */
export interface LocalRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: IncomingHttpHeaders;
}

/** A port of the loopback address that stands for a link-local address. */
export interface LocalEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** @returns `undefined` for an answer that never arrives */
type Answer = (request: LocalRequest) => WireResponse | undefined | Promise<WireResponse>;

/** @param port 0 for a free one @throws {ToolkitError} `PortNotFree` */
export async function serveLocally(
  { now }: Pick<AccountState, 'now'>,
  port: number,
  answer: Answer,
): Promise<LocalEndpoint> {
  const server = createServer(async (request, response) => {
    request.resume();
    const [path = '/'] = (request.url ?? '/').split('?');
    const answered = await answer({ method: request.method ?? 'GET', path, headers: request.headers });
    if (answered !== undefined) sendResponse(response, answered, { server: SERVER_NAME, date: now().toUTCString() });
  });
  await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
