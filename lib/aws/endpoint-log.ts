import type { TLSSocket } from 'node:tls';

/** Who answered the requests to one service. */
export interface AnsweringEndpoint {
  readonly service: string;
  /** Scheme, name and port, as the SDK resolved them. */
  readonly url: string;
  /** IP address at the other end; that of the proxy, where there is one. */
  readonly address?: string;
  /** Who issued the certificate that was shown: a proxy that opens TLS shows its own. */
  readonly issuer?: string;
  /** Whether the name is one of AWS's. */
  readonly isAws: boolean;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
const NAMES_OF_AWS = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/** The other end of a connection. */
type Peer = Pick<AnsweringEndpoint, 'address' | 'issuer'>;

/** The part of an SDK client's middleware stack that shows responses. */
interface ResponseStack {
  add(middleware: ResponseMiddleware, options: { name: string; step: 'deserialize'; priority: 'low' }): void;
}

interface SentRequest {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number | undefined;
}

interface Response {
  readonly headers?: Readonly<Record<string, string>>;
}

type ResponseMiddleware = <A extends { request?: unknown }, R extends { response: unknown }>(
  next: (args: A) => Promise<R>,
) => (args: A) => Promise<R>;

export type EndpointLog = ReturnType<typeof createEndpointLog>;

/** Takes note of who answers, also where the answer becomes an error. */
export function createEndpointLog() {
  const seen = new Map<string, { readonly service: string; readonly url: URL }>();
  const peers = new Map<string, Peer>();
  const serverNames = new Set<string>();
  const note = (service: string, request: SentRequest, { headers }: Response): void => {
    const url = urlOf(request);
    if (url !== undefined) seen.set(`${service} ${url.origin}`, { service, url });
    if (headers?.server !== undefined) serverNames.add(headers.server);
  };
  return {
    /** Takes a response that no client of the SDK got. */
    note,
    /** Watches a client; `service` as a person calls it. */
    watch: (stack: ResponseStack, service: string): void => {
      const watch: ResponseMiddleware = (next) => async (args) => {
        const result = await next(args);
        note(service, args.request as SentRequest, result.response as Response);
        return result;
      };
      stack.add(watch, { name: 'endpointLogMiddleware', step: 'deserialize', priority: 'low' });
    },
    /** Takes the first connection to each host. */
    noteConnection: (host: string, socket: TLSSocket): void => {
      if (!peers.has(host)) peers.set(host, peerOf(socket));
    },
    /** Values of the `Server` header in the responses so far. */
    serverNames: (): ReadonlySet<string> => serverNames,
    /** Who answered so far; once without TLS where that was all. */
    endpoints: (): readonly AnsweringEndpoint[] => {
      const all = [...seen.values()];
      const isSecure = ({ service, url }: (typeof all)[number]) =>
        all.some(
          (one) => one.service === service && one.url.hostname === url.hostname && one.url.protocol === 'https:',
        );
      return all
        .filter((one) => one.url.protocol === 'https:' || !isSecure(one))
        .map(({ service, url }) => ({
          service,
          url: url.origin,
          ...peers.get(url.hostname),
          isAws: NAMES_OF_AWS.test(url.hostname),
        }));
    },
  };
}

function urlOf({ protocol = 'https:', hostname = '', port }: SentRequest = {}): URL | undefined {
  const text = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function peerOf(socket: TLSSocket): Peer {
  const { issuer } = socket.encrypted ? socket.getPeerCertificate() : {};
  const { CN, O } = issuer ?? {};
  const name = [CN, O].filter((part) => part !== undefined).join(', ');
  return {
    ...(socket.remoteAddress !== undefined && { address: socket.remoteAddress }),
    ...(name !== '' && { issuer: name }),
  };
}
