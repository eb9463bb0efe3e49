import { isIP } from 'node:net';
import {
  loadConfig,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
} from '@smithy/core/config';
import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import { streamCollector } from '@smithy/node-http-handler';
import { XMLParser } from 'fast-xml-parser';
import type { Answer } from './answer';
import type { Output } from './ask';
import type { ClientOptions } from './client-config';
import { type Connection, connectSigned } from './signed-get';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_AccessPoint.html */
export interface AccessPoint {
  readonly Name?: string;
  readonly NetworkOrigin?: string;
  readonly VpcConfiguration?: { readonly VpcId?: string };
}

interface AccessPointPage {
  readonly accessPoints: readonly AccessPoint[];
  readonly nextToken?: string;
}

interface AccessPointName {
  readonly account: string;
  readonly name: string;
}

interface AccessPointPolicy {
  readonly policy: string;
}

interface AccessPointQuery {
  readonly account: string;
  readonly bucket: string;
  readonly nextToken?: string | undefined;
}

/** Calls that read S3 Control: none can change anything. */
export interface S3ControlReads {
  readonly listAccessPoints: (query: AccessPointQuery) => Promise<Answer<AccessPointPage>>;
  readonly getAccessPointPolicy: (of: AccessPointName) => Promise<Answer<AccessPointPolicy>>;
}

/** Its id in the SDKs, which names its endpoint: `AWS_ENDPOINT_URL_S3_CONTROL`. */
const SERVICE_ID = 'S3 Control';

/**
 * Connects a reader to S3 Control. The SDK's client for it is not of the release of the others, and would bring all of
 * its operations for the one that is asked.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html
 */
export function connectS3Control(options: ClientOptions, connection: Connection) {
  const { get, close } = connectSigned(options, connection, { id: SERVICE_ID, signedAs: 's3', readAnswer });
  const ask = async (account: string, subject: string, query: Readonly<Record<string, string>> = {}) => {
    const { protocol, hostname, port } = await findEndpoint(options, account);
    return new HttpRequest({
      ...{ method: 'GET', protocol, hostname, path: `/v20180820/${subject}`, query: { ...query } },
      ...(port !== undefined && { port }),
      headers: { host: port === undefined ? hostname : `${hostname}:${port}`, 'x-amz-account-id': account },
    });
  };
  const reads: S3ControlReads = {
    listAccessPoints: ({ account, bucket, nextToken }) =>
      get(() => ask(account, 'accesspoint', { bucket, ...(nextToken !== undefined && { nextToken }) })),
    getAccessPointPolicy: ({ account, name }) =>
      get(() => ask(account, `accesspoint/${encodeURIComponent(name)}/policy`)),
  };
  return { ...reads, close };
}

interface Endpoint {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
}

/**
 * The account's host, at the endpoint that the SDK's client would find; an address, which has no hosts below it, as it is.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
async function findEndpoint(options: ClientOptions, account: string): Promise<Endpoint> {
  const { protocol, hostname, port } = (await namedEndpoint()) ?? (await ownEndpoint(options));
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return { protocol, hostname: isAddress ? hostname : `${account}.${hostname}`, port };
}

/** The endpoint that variables, `endpoint_url` or `services` of the shared config name, by the SDK's own search. */
async function namedEndpoint(): Promise<Endpoint | undefined> {
  const search: {
    readonly serviceId: string;
    readonly endpointProvider: () => { readonly url: URL };
    readonly endpoint?: () => Promise<Endpoint>;
  } = { serviceId: SERVICE_ID, endpointProvider: () => ({ url: new URL('https://nobody.invalid') }) };
  await getEndpointFromInstructions({}, {}, search as object);
  return search.endpoint?.();
}

async function ownEndpoint({ region, profile }: ClientOptions): Promise<Endpoint> {
  const loader = profile === undefined ? {} : { profile };
  const isFips = await loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loader)();
  const isDualStack = await loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loader)();
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const name = `s3-control${isFips ? '-fips' : ''}${isDualStack ? '.dualstack' : ''}`;
  return { protocol: 'https:', hostname: `${name}.${region}.${suffix}` };
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'AccessPoint' });

/** @throws {Error} a refusal, as clients of the SDK do */
async function readAnswer(response: HttpResponse): Promise<Output & Partial<AccessPointPage & AccessPointPolicy>> {
  const { statusCode: httpStatusCode, headers } = response;
  const text = Buffer.from(await streamCollector(response.body)).toString('utf8');
  const requestId = headers['x-amz-request-id'];
  const $metadata = { httpStatusCode, ...(requestId !== undefined && { requestId }) };
  const { ListAccessPointsResult: result, GetAccessPointPolicyResult, ErrorResponse, Error: bare } = parser.parse(text);
  if (httpStatusCode < 300) {
    if (GetAccessPointPolicyResult !== undefined) return { policy: GetAccessPointPolicyResult.Policy ?? '', $metadata };
    const { AccessPointList, NextToken: nextToken } = result || {};
    return { accessPoints: AccessPointList?.AccessPoint ?? [], ...(nextToken && { nextToken }), $metadata };
  }
  const { Code = 'UnknownError', Message = '' } = ErrorResponse?.Error ?? bare ?? {};
  throw Object.assign(new Error(Message), { name: Code, Code, $metadata, $response: response });
}
