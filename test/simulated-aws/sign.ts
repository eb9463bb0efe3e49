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
  const { accessKeyId, region, service = 's3', sessionToken, now } = signer;
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const all: Headers = {
    'x-amz-content-sha256': sha256(body),
    ...headers,
    'x-amz-date': stamp,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(all).sort();
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
    ...names.map((name) => `${name}:${(all[name] ?? '').trim()}`),
    '',
    names.join(';'),
    all['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${signer.secretAccessKey}`));
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
}
