import { createHash, createHmac } from 'node:crypto';

/** A request that is not signed yet. */
export interface UnsignedRequest {
  readonly method: string;
  /** Percent-encoded, with its query. */
  readonly target: string;
  /** Lower-case names; `host` has to be among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly service?: string;
  readonly now: Date;
}

type Headers = Readonly<Record<string, string>>;

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();

/**
 * The headers of the request with a Signature Version 4, written from AWS's page and apart from what it is to test.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders({ method, target, headers, body }: UnsignedRequest, signer: Signer): Headers {
  const { accessKeyId, sessionToken } = signer;
  const { stamp, scope } = scopeOf(signer);
  const all: Headers = {
    'x-amz-content-sha256': sha256(body),
    ...headers,
    'x-amz-date': stamp,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(all).sort();
  const signature = signatureOf({ method, target, headers: all, payload: all['x-amz-content-sha256'] ?? '' }, signer);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
}

/**
 * The target of a presigned URL, written from AWS's page; the header `host` alone is signed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function presignedTarget({ method, target, host }: PresignedParts, signer: Signer): string {
  const { stamp, scope } = scopeOf(signer);
  const parameters = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signer.accessKeyId}/${scope}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': '300',
    'X-Amz-SignedHeaders': 'host',
    ...(signer.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': signer.sessionToken }),
  };
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const signed = `${target}${target.includes('?') ? '&' : '?'}${pairs.join('&')}`;
  const payload = 'UNSIGNED-PAYLOAD';
  return `${signed}&X-Amz-Signature=${signatureOf({ method, target: signed, headers: { host }, payload }, signer)}`;
}

interface PresignedParts extends Pick<UnsignedRequest, 'method' | 'target'> {
  readonly host: string;
}

function scopeOf({ region, service = 's3', now }: Signer): { readonly stamp: string; readonly scope: string } {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  return { stamp, scope: `${stamp.slice(0, 8)}/${region}/${service}/aws4_request` };
}

interface Canonical extends Pick<UnsignedRequest, 'method' | 'target' | 'headers'> {
  readonly payload: string;
}

function signatureOf({ method, target, headers, payload }: Canonical, signer: Signer): string {
  const { stamp, scope } = scopeOf(signer);
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const canonical = [
    method,
    path,
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${signer.secretAccessKey}`));
  return hmac(key, toSign).toString('hex');
}
