import http from 'node:http';
import https from 'node:https';
import { createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { ProcessEnvironment } from '../process-environment';
import { type ProxyOf, proxySettings } from './proxy-settings';

export interface AgentOptions {
  /** Variables of the process: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. @default none */
  readonly env?: ProcessEnvironment;
  /** Certificates of authorities to trust beside those that Node brings, as PEM. */
  readonly caCertificatesPem?: string | undefined;
  /** Hears of each connection over which a response came. */
  readonly onConnection?: (host: string, socket: TLSSocket) => void;
}

/** The agents of an SDK client. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * How requests to AWS leave this host: directly, or through the proxy that the environment names for their host.
 *
 * Only requests of SDK clients use them. The instance metadata service and the container credentials endpoint are asked
 * by credential providers on connections of their own, so they are never asked through a proxy.
 *
 * @throws {ToolkitError} `BadProxy`
 */
export function createAgents({ env = {}, caCertificatesPem, onConnection }: AgentOptions): Agents {
  const proxyOf = proxySettings(env);
  const secureContext = caCertificatesPem === undefined ? undefined : trusting(caCertificatesPem);
  keepMetadataDirect(env);
  return {
    httpAgent: new RoutingAgent('http:', { proxyOf, secureContext, onConnection }),
    httpsAgent: new RoutingAgent('https:', { proxyOf, secureContext, onConnection }),
  } as unknown as Agents;
}

const contexts = new Map<string, SecureContext>();

/** Made once for all clients: reading some hundred certificates costs more than a connection does. */
function trusting(caCertificatesPem: string): SecureContext {
  const context =
    contexts.get(caCertificatesPem) ?? createSecureContext({ ca: [...rootCertificates, caCertificatesPem] });
  contexts.set(caCertificatesPem, context);
  return context;
}

interface Routing {
  readonly proxyOf: ProxyOf;
  readonly secureContext: SecureContext | undefined;
  readonly onConnection: AgentOptions['onConnection'];
}

/** Sends each request to the agent for its host: one without a proxy, or one for the proxy. */
class RoutingAgent extends Agent {
  private readonly byProxy = new Map<string, http.Agent>();

  constructor(
    private readonly scheme: 'http:' | 'https:',
    private readonly routing: Routing,
  ) {
    // The agent for a proxy forgets what it is made with, and takes it from the request that is handed on.
    super({
      keepAlive: true,
      ...(routing.secureContext && { secureContext: routing.secureContext }),
    } as http.AgentOptions);
  }

  override async connect(request: http.ClientRequest, { host = '', port }: AgentConnectOpts): Promise<http.Agent> {
    request.once('response', ({ socket }) => this.routing.onConnection?.(host, socket as TLSSocket));
    const proxy = this.routing.proxyOf({ protocol: this.scheme, host, port });
    const key = proxy?.href ?? '';
    const known = this.byProxy.get(key) ?? this.create(proxy);
    this.byProxy.set(key, known);
    return known;
  }

  /** Known from the start; the agent would take a stack trace for each request to find out. */
  override isSecureEndpoint(): boolean {
    return this.scheme === 'https:';
  }

  /** Names connections that are kept; this agent keeps none. */
  override getName(): string {
    return this.scheme;
  }

  override destroy(): void {
    for (const agent of this.byProxy.values()) agent.destroy();
    super.destroy();
  }

  private create(proxy: URL | undefined): http.Agent {
    const { secureContext } = this.routing;
    const options = { keepAlive: true, ...(secureContext && { secureContext }) };
    if (this.scheme === 'http:') {
      // The agent writes the proxy's form of a request for a new connection alone, so none is used twice.
      return proxy === undefined ? new http.Agent(options) : new HttpProxyAgent(proxy, { keepAlive: false });
    }
    return proxy === undefined ? new https.Agent(options) : new HttpsProxyAgent(proxy, options);
  }
}

/**
 * Node 24 and later can be told to send every request of the default agent through the proxy. Of what is asked here that
 * would be the metadata services alone, whose answers belong to this host and to nobody on the way.
 *
 * @see https://nodejs.org/api/cli.html#node_use_env_proxy1
 */
function keepMetadataDirect(env: ProcessEnvironment): void {
  const isTold = env.NODE_USE_ENV_PROXY === '1' || env.NODE_OPTIONS?.includes('--use-env-proxy') === true;
  if (isTold) http.globalAgent = new http.Agent({ keepAlive: true });
}
