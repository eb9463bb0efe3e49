import { loadConfig, NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS } from '@smithy/core/config';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import { streamCollector } from '@smithy/node-http-handler';
import type { Answer } from './answer';
import type { Output } from './ask';
import type { ClientOptions } from './client-config';
import { type Connection, connectSigned } from './signed-get';

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html */
export interface TrustAnchorDetail {
  readonly enabled?: boolean;
  readonly source?: {
    readonly sourceType?: string;
    readonly sourceData?: { readonly x509CertificateData?: string; readonly acmPcaArn?: string };
  };
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ProfileDetail.html */
export interface ProfileDetail {
  readonly enabled?: boolean;
  readonly roleArns?: readonly string[];
  readonly managedPolicyArns?: readonly string[];
  readonly sessionPolicy?: string;
  readonly durationSeconds?: number;
  readonly acceptRoleSessionName?: boolean;
  readonly requireInstanceProperties?: boolean;
  readonly attributeMappings?: readonly {
    readonly certificateField?: string;
    readonly mappingRules?: readonly { readonly specifier?: string }[];
  }[];
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CrlDetail.html */
export interface CrlDetail {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly trustAnchorArn?: string;
  /** Base64 of a list in PEM. */
  readonly crlData?: string;
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectSummary.html */
export interface SubjectSummary {
  readonly subjectId?: string;
  readonly x509Subject?: string;
  readonly lastSeenAt?: string;
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectDetail.html */
export interface SubjectDetail {
  readonly credentials?: readonly { readonly issuer?: string; readonly failed?: boolean }[];
}

type Page<Name extends string, T> = { readonly [Key in Name]?: readonly T[] } & { readonly nextToken?: string };

/** Calls that read IAM Roles Anywhere: none can change anything. */
export interface RolesAnywhereReads {
  readonly getTrustAnchor: (id: string) => Promise<Answer<{ readonly trustAnchor?: TrustAnchorDetail }>>;
  readonly getProfile: (id: string) => Promise<Answer<{ readonly profile?: ProfileDetail }>>;
  readonly listCrls: (nextToken?: string) => Promise<Answer<Page<'crls', CrlDetail>>>;
  readonly listSubjects: (nextToken?: string) => Promise<Answer<Page<'subjects', SubjectSummary>>>;
  readonly getSubject: (id: string) => Promise<Answer<{ readonly subject?: SubjectDetail }>>;
}

/** The service's id in the SDKs, by which people know it, and its name in signatures. */
const SERVICE = { id: 'RolesAnywhere', signedAs: 'rolesanywhere' };

/**
 * Connects a reader to IAM Roles Anywhere. The SDK's client for it is not of the release of the others, so what they are
 * made of sends its few requests: the signer, the handler and the search for an endpoint.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/Welcome.html
 */
export function connectRolesAnywhere(options: ClientOptions, connection: Connection) {
  const connected = connectSigned(options, connection, { ...SERVICE, readAnswer });
  const get = <T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer<T>> =>
    connected.get(async () => requestOf(await rolesAnywhereEndpoint(options), path, query));
  const page = (nextToken?: string) => (nextToken === undefined ? {} : { nextToken });
  const reads: RolesAnywhereReads = {
    getTrustAnchor: (id) => get(`/trustanchor/${id}`),
    getProfile: (id) => get(`/profile/${id}`),
    listCrls: (nextToken) => get('/crls', page(nextToken)),
    listSubjects: (nextToken) => get('/subjects', page(nextToken)),
    getSubject: (id) => get(`/subject/${id}`),
  };
  return { ...reads, close: connected.close };
}

/**
 * Where IAM Roles Anywhere is, as variables and the shared config name it.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function rolesAnywhereEndpoint({
  region,
  profile,
}: Pick<ClientOptions, 'region' | 'profile'>): Promise<URL> {
  const loader = profile === undefined ? {} : { profile };
  const named = await loadConfig<string>(
    {
      environmentVariableSelector: (env) => env.AWS_ENDPOINT_URL_ROLESANYWHERE ?? env.AWS_ENDPOINT_URL,
      configFileSelector: (section) => section.endpoint_url,
      default: '',
    },
    loader,
  )();
  if (named !== '') return new URL(named);
  const isFips = await loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loader)();
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${SERVICE.signedAs}${isFips ? '-fips' : ''}.${region}.${suffix}`);
}

async function requestOf(endpoint: URL, path: string, query: Readonly<Record<string, string>>): Promise<HttpRequest> {
  const { protocol, hostname, port, host } = endpoint;
  return new HttpRequest({
    ...{ method: 'GET', protocol, hostname, path, query },
    ...(port !== '' && { port: Number(port) }),
    headers: { host, accept: 'application/json' },
  });
}

/** @throws {Error} a refusal, as clients of the SDK do */
async function readAnswer(response: HttpResponse): Promise<Output> {
  const { statusCode: httpStatusCode, headers } = response;
  const body = JSON.parse(Buffer.from(await streamCollector(response.body)).toString('utf8') || '{}');
  const requestId = headers['x-amzn-requestid'];
  const $metadata = { httpStatusCode, ...(requestId !== undefined && { requestId }) };
  if (httpStatusCode < 300) return { ...body, $metadata };
  const code = headers['x-amzn-errortype'] ?? body.__type ?? 'UnknownError';
  const name = String(code).replace(/^.*#|:.*$/g, '');
  throw Object.assign(new Error(String(body.message ?? '')), { name, $metadata, $response: response });
}
