import { type Parameter, tryReadParameters } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import { basicTime } from './hashes';
import type { CertificateAlgorithm, CredentialScope, Presentation } from './presented-signature';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const CERTIFICATE_ALGORITHMS: readonly CertificateAlgorithm[] = ['AWS4-X509-RSA-SHA256', 'AWS4-X509-ECDSA-SHA256'];

/** Why a signature in a header is malformed that comes without a time. */
export const UNDATED = "it must come with an 'X-Amz-Date' or a 'Date'";

/**
 * Reads the signature from the `Authorization` header, or from the query of a presigned request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function readPresentation(request: RawRequest): Presentation {
  // A browser asks about a presigned URL before it follows it; the signature in there is for another method.
  if (request.method === 'OPTIONS') return { kind: 'anonymous' };
  const { authorization } = request.headers;
  if (authorization !== undefined) return readHeader(authorization, request);
  const query = new Map(tryReadParameters(request.queryText) ?? []);
  return query.has('X-Amz-Algorithm') ? readQuery(query) : readAnonymous(query);
}

function readHeader(authorization: string, { headers }: RawRequest): Presentation {
  const [presented = '', ...rest] = authorization.trim().split(/\s+/);
  const certificateAlgorithm = CERTIFICATE_ALGORITHMS.find((known) => known === presented);
  if (presented !== ALGORITHM && certificateAlgorithm === undefined) {
    return { kind: 'unsupported', algorithm: presented };
  }
  const parts = new Map<string, string>(rest.join('').split(',').map(readPart));
  const presentation = assemble('header', {
    credential: parts.get('Credential'),
    signedHeaders: parts.get('SignedHeaders'),
    signature: parts.get('Signature'),
    signedAt: headers['x-amz-date'] ?? readHttpDate(headers.date),
    sessionToken: headers['x-amz-security-token'],
  });
  return presentation.kind === 'signed' && certificateAlgorithm !== undefined
    ? { ...presentation, kind: 'certified', algorithm: certificateAlgorithm }
    : presentation;
}

/** The service and region that a request is signed for; `undefined` when it is not signed. */
export function scopeOf(presentation: Presentation): CredentialScope | undefined {
  return 'signature' in presentation ? presentation.signature.scope : undefined;
}

function readQuery(query: ReadonlyMap<string, string>): Presentation {
  const presented = query.get('X-Amz-Algorithm') ?? '';
  if (presented !== ALGORITHM) return { kind: 'unsupported', algorithm: presented };
  const parts = {
    credential: query.get('X-Amz-Credential'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
    signedAt: query.get('X-Amz-Date'),
    sessionToken: query.get('X-Amz-Security-Token'),
    expires: query.get('X-Amz-Expires'),
  };
  if (parts.expires !== undefined && !/^\d{1,9}$/.test(parts.expires)) {
    return { kind: 'malformed', carrier: 'query', reason: 'X-Amz-Expires should be a number' };
  }
  return assemble('query', parts);
}

/** Signature Version 2 in a query is an attempt to sign, so it must not pass as anonymous. */
function readAnonymous(query: ReadonlyMap<string, string>): Presentation {
  return query.has('AWSAccessKeyId') && query.has('Signature')
    ? { kind: 'unsupported', algorithm: 'AWS' }
    : { kind: 'anonymous' };
}

interface SignatureParts {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly signedAt: string | undefined;
  readonly sessionToken: string | undefined;
  readonly expires?: string | undefined;
}

function assemble(carrier: 'header' | 'query', parts: SignatureParts): Presentation {
  const credential = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(parts.credential ?? '');
  const missing = missingPart(parts);
  if (credential === null || missing !== undefined) {
    return { kind: 'malformed', carrier, reason: missing ?? 'the Credential is mal-formed' };
  }
  const [, accessKeyId = '', date = '', region = '', service = ''] = credential;
  return {
    kind: 'signed',
    signature: {
      carrier,
      accessKeyId,
      scope: { date, region, service },
      signedHeaders: (parts.signedHeaders ?? '').split(';'),
      signature: parts.signature ?? '',
      signedAt: parts.signedAt ?? '',
      ...(parts.sessionToken === undefined ? {} : { sessionToken: parts.sessionToken }),
      ...(parts.expires === undefined ? {} : { expiresSeconds: Number(parts.expires) }),
    },
  };
}

function missingPart(parts: SignatureParts): string | undefined {
  const required = { Credential: parts.credential, SignedHeaders: parts.signedHeaders, Signature: parts.signature };
  const absent = Object.entries(required).find(([, value]) => value === undefined || value === '');
  if (absent !== undefined) {
    return `it must name '${absent[0]}'`;
  }
  return /^\d{8}T\d{6}Z$/.test(parts.signedAt ?? '') ? undefined : UNDATED;
}

function readPart(text: string): Parameter {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function readHttpDate(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : basicTime(new Date(time));
}
