import type { Agents } from '../aws/agents';
import { NO_REQUEST_ID } from '../aws/answer';
import type { Endpoint } from '../aws/endpoints';
import { type ProxyOf, proxySettings } from '../aws/proxy-settings';
import type { ProcessEnvironment } from '../process-environment';
import { diagnose } from '../verify/diagnosis/diagnose';
import type { Diagnosis, EnvironmentFacts } from '../verify/result/diagnosis';
import { askEndpoint, type EndpointAnswer } from './ask-endpoint';
import type { Finding } from './examination';

/** An endpoint that this host, or what gives it its credentials, has to reach. */
export interface EndpointToAsk {
  readonly service: Endpoint['service'] | 'RolesAnywhere';
  readonly url: URL;
}

/** An endpoint with what came back. */
export interface Asked {
  readonly endpoint: EndpointToAsk;
  readonly answer: EndpointAnswer;
}

/** Stands for a request to the service when a cause is looked for. */
const CALLS: Readonly<Record<EndpointToAsk['service'], string>> = {
  S3: 'HeadBucket',
  KMS: 'DescribeKey',
  STS: 'GetCallerIdentity',
  RolesAnywhere: 'CreateSession of IAM Roles Anywhere',
};

const OVER_TLS =
  'Name an https:// endpoint, or none: AWS_ENDPOINT_URL and its like, or endpoint_url of the profile in ~/.aws/config. The bucket policy refuses requests without TLS.';

export function askAll(
  endpoints: readonly EndpointToAsk[],
  agents: Agents,
  now: () => Date,
): Promise<readonly Asked[]> {
  return Promise.all(
    endpoints.map(async (endpoint) => ({ endpoint, answer: await askEndpoint(endpoint.url, agents, now) })),
  );
}

/** DNS, route, TLS and certificate chain of one endpoint. */
export function examineEndpoint(
  { endpoint, answer }: Asked,
  env: ProcessEnvironment,
  facts: EnvironmentFacts,
): Finding {
  const { service, url } = endpoint;
  const proxy = proxyFor(proxySettings(env), url);
  const failure = failureOf({ endpoint, answer }, facts);
  const asked = answer.failure === undefined && answer.isEndpoint ? 'reached' : 'asked';
  const found = [
    `${url.host}: ${asked} ${proxy === undefined ? 'directly' : `through the proxy ${proxy.host}`}.`,
    // Behind a proxy it is the proxy that resolves the name.
    ...(proxy === undefined ? [`DNS: ${answer.addresses.join(', ') || 'the name is not known here'}.`] : []),
    ...(url.protocol === 'https:' ? describeTls(answer) : ['Requests go there without TLS.']),
    ...(answer.failure === undefined ? [] : [`No answer: ${answer.failure.code}: ${answer.failure.message}.`]),
    ...(answer.failure === undefined && !answer.isEndpoint ? [`The proxy answered HTTP ${answer.status}.`] : []),
    ...(isOfMiddlebox({ endpoint, answer }) ? [`HTTP ${answer.status} came without a request id of AWS.`] : []),
  ];
  const about = {
    id: `endpoint-${service.toLowerCase()}`,
    title: `${service === 'RolesAnywhere' ? 'IAM Roles Anywhere' : service} can be reached`,
    found,
  };
  if (failure !== undefined) return { ...about, result: 'fail', diagnoses: failure };
  return url.protocol === 'https:' ? { ...about, result: 'pass' } : { ...about, result: 'fail', fix: OVER_TLS };
}

export function proxyFor(proxyOf: ProxyOf, url: URL): URL | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  return proxyOf({ protocol, host, port: Number(url.port || (protocol === 'http:' ? 80 : 443)) });
}

function failureOf(asked: Asked, facts: EnvironmentFacts): readonly Diagnosis[] | undefined {
  const { endpoint, answer } = asked;
  const trouble = troubleOf(asked);
  if (trouble === undefined) return undefined;
  const status = answer.failure === undefined ? answer.status : undefined;
  const evidence = { call: CALLS[endpoint.service], ...trouble, status, requestId: answer.requestId };
  const found = diagnose(evidence, facts);
  return found === undefined ? [] : [found];
}

/** In the terms in which a cause is looked for; `undefined` where the endpoint answered. */
function troubleOf(asked: Asked): { readonly code: string; readonly message: string } | undefined {
  const { failure, isEndpoint, status } = asked.answer;
  if (failure !== undefined) return failure;
  if (!isEndpoint) return { code: 'PROXY_REFUSED', message: `HTTP ${status}` };
  if (isOfMiddlebox(asked)) return { code: NO_REQUEST_ID, message: `HTTP ${status} without a request id of AWS` };
  return undefined;
}

/** S3 gives every answer a request id; of the others, a page or a success says that it is not they who answer. */
function isOfMiddlebox({ endpoint, answer }: Asked): boolean {
  const { requestId, isPage = false, isEndpoint, status = 0 } = answer;
  return (
    isEndpoint && requestId === undefined && (endpoint.service === 'S3' || isPage || (status >= 200 && status < 300))
  );
}

function describeTls({ tlsVersion, chain }: EndpointAnswer): readonly string[] {
  const [leaf] = chain;
  if (leaf === undefined) return [];
  const names = [...chain.map(({ subject }) => subject), chain.at(-1)?.issuer ?? ''];
  const distinct = names.filter((name, index) => name !== names[index - 1]);
  return [`${tlsVersion ?? 'TLS'}, certificate ${distinct.join(' < ')}, valid to ${leaf.validTo}.`];
}
