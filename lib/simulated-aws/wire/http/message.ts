/** An HTTP request as a service sees it: body read and, for an `aws-chunked` upload, unwrapped. */
export interface WireRequest {
  readonly method: string;
  /** The path as it was sent, percent-encoding kept, without the query. */
  readonly path: string;
  /** Decoded query parameters; one without a value is the empty string, the values of a repeated one are joined with a comma. */
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Trailing headers of an `aws-chunked` body (checksums), lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
  /** Whether it came over TLS. */
  readonly isSecure: boolean;
  /** The value that AWS gives `s3:TlsVersion`, for example `1.3`; absent without TLS. */
  readonly tlsVersion?: string;
  readonly sourceIp: string;
  readonly receivedAt: Date;
  readonly requestId: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes may come in pieces. */
  readonly body?: Buffer | readonly Buffer[] | string;
}

/** The server's name in every answer; its number counts the abilities of the simulated account. */
export const SERVER_NAME = 'SimulatedAWS/1 (vault-backup-environment)';

/** A parameter of a query string or a form, decoded. */
export type Parameter = readonly [name: string, value: string];

/**
 * The parameters of a query string or a form, in the order in which they were sent; a plus sign is a space.
 *
 * @returns `undefined`, when the percent-encoding is broken
 */
export function tryReadParameters(text: string): readonly Parameter[] | undefined {
  try {
    return text
      .split('&')
      .filter((pair) => pair !== '')
      .map(readParameter);
  } catch {
    return undefined;
  }
}

/** The parameters by name; the values of a repeated one are joined with a comma. */
export function joinRepeated(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of parameters) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}

function readParameter(pair: string): Parameter {
  const [name = '', ...value] = pair.split('=');
  return [decode(name), decode(value.join('='))];
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** The protocol of a service, which decides how errors are named and written. */
export type Protocol = 'rest-xml' | 'rest-json' | 'query' | 'json';

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  s3: 'rest-xml',
  iam: 'query',
  sts: 'query',
  kms: 'json',
  rolesanywhere: 'rest-json',
};

/** The protocol that a service speaks; for a service that is not simulated, the one that the request seems to speak. */
export function protocolOf(
  service: string | undefined,
  request: Pick<WireRequest, 'method' | 'path' | 'headers'> & { readonly queryText: string },
): Protocol {
  return PROTOCOLS[service ?? ''] ?? guessProtocol(request);
}

function guessProtocol({ method, path, headers, queryText }: Parameters<typeof protocolOf>[1]): Protocol {
  if (headers['x-amz-target'] !== undefined) return 'json';
  if (headers['x-amz-x509'] !== undefined) return 'rest-json';
  if (/(?:^|&)Action=[A-Za-z]/.test(queryText)) return 'query';
  // curl and Python's urllib call every body a form, also what they upload.
  const mayBeForm = method === 'POST' && path === '/';
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return mayBeForm && isForm ? 'query' : 'rest-xml';
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A request id in the service's form: 16 characters for S3, a UUID for the rest. */
export function newRequestId(protocol: Protocol, randomBytes: (size: number) => Buffer): string {
  if (protocol === 'rest-xml') {
    return [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  }
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** S3's second request id, `x-amz-id-2` or `HostId`: it says that the host is a simulated one. */
export function hostId(requestId: string): string {
  return Buffer.from(`simulated ${requestId}`).toString('base64');
}

/** The headers in which the service tells the request id. */
export function requestIdHeaders(protocol: Protocol, requestId: string): Readonly<Record<string, string>> {
  return protocol === 'rest-xml'
    ? { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) }
    : { 'x-amzn-requestid': requestId };
}
