import { type AgentOptions, createAgents } from './agents';

/** How requests are sent, whatever the service. */
export interface ClientOptions extends AgentOptions {
  /** Region of every request, except to IAM, which has one for each partition. */
  readonly region: string;
  /** A profile of the shared AWS config; left out, the default credential provider chain decides. */
  readonly profile?: string;
  /** How long a connection may take to open. @default 5000 */
  readonly connectTimeoutMs?: number;
  /** How long one request may take, up to the head of its response. @default 60000 */
  readonly requestTimeoutMs?: number;
  /** How long credentials may take to come. @default 60000 */
  readonly credentialsTimeoutMs?: number;
}

/** The configuration that every SDK client shares. */
export function clientConfig(options: ClientOptions) {
  const { region, profile, connectTimeoutMs = 5_000, requestTimeoutMs = 60_000 } = options;
  return {
    region,
    ...(profile !== undefined && { profile }),
    // Retries are decided in `ask`, on throttling alone; any other error is evidence.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
      ...createAgents(options),
    },
  };
}
