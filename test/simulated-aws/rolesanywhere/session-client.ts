import { createHash, createPrivateKey, createSign } from 'node:crypto';
import { request } from 'node:http';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { region } from '../account';
import type { Issued } from './certificate-authority';

/** Parameters of a host's request. */
export interface SessionAsk {
  readonly leaf: Issued;
  /** Certificates between its own and the trust anchor's. */
  readonly intermediates?: readonly Issued[];
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  readonly durationSeconds?: number;
  /** Further members of the body. */
  readonly body?: object;
  /** How clients that are in use differ. @default 'query' */
  readonly form?: 'query' | 'body';
  readonly region?: string;
  readonly now?: Date;
  /** Changes what is sent after it was signed. */
  readonly tamper?: (sent: SentRequest) => SentRequest;
  /** In place of the leaf's own. */
  readonly signingKeyPem?: string;
  readonly credentialId?: string;
}

export interface SentRequest {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SessionAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const base64 = ({ der }: Issued) => der.toString('base64');

/** Asks for a session. */
export async function askForSession(account: SimulatedAccount, ask: SessionAsk): Promise<SessionAnswer> {
  const sent = (ask.tamper ?? ((same) => same))(signSessionRequest(new URL(account.plainEndpoint).host, ask));
  return send(account, sent, ask.form === 'body');
}

/**
 * A signed request for a session, by the rules of AWS's description and from nothing else.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
function signSessionRequest(host: string, ask: SessionAsk): SentRequest {
  const { leaf, intermediates = [], form = 'query', now = new Date() } = ask;
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const { trustAnchorArn, profileArn, roleArn, durationSeconds = 3600 } = ask;
  const arns = { profileArn, roleArn, trustAnchorArn };
  const body = JSON.stringify({ durationSeconds, ...(form === 'body' && arns), ...ask.body });
  const query = form === 'body' ? '' : queryOf(arns);
  const headers: Record<string, string> = {
    'content-type': form === 'body' ? 'application/x-amz-json-1.0' : 'application/json',
    host,
    'x-amz-date': stamp,
    'x-amz-x509': base64(leaf),
    ...(intermediates.length > 0 && { 'x-amz-x509-chain': intermediates.map(base64).join(',') }),
  };
  const names = Object.keys(headers).sort();
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', '/sessions', query, canonicalHeaders, names.join(';'), sha256(body)].join('\n');
  const key = createPrivateKey(ask.signingKeyPem ?? leaf.keyPem);
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'AWS4-X509-RSA-SHA256' : 'AWS4-X509-ECDSA-SHA256';
  const scope = `${stamp.slice(0, 8)}/${ask.region ?? region}/rolesanywhere/aws4_request`;
  const toSign = [algorithm, stamp, scope, sha256(canonical)].join('\n');
  const signature = createSign('sha256').update(toSign).sign(key, 'hex');
  const credentialId = ask.credentialId ?? BigInt(`0x${leaf.serialNumber}`).toString(10);
  const authorization = `${algorithm} Credential=${credentialId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { target: query === '' ? '/sessions' : `/sessions?${query}`, headers: { ...headers, authorization }, body };
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.sort().join('&');
}

/** The one kind of client sends a length, the other sends chunks. */
function send(account: SimulatedAccount, { target, headers, body }: SentRequest, withLength: boolean) {
  const { hostname, port } = new URL(account.plainEndpoint);
  const framing = withLength ? { 'content-length': Buffer.byteLength(body) } : { 'transfer-encoding': 'chunked' };
  return new Promise<SessionAnswer>((resolve, reject) => {
    const sent = request({ hostname, port, method: 'POST', path: target, headers: { ...headers, ...framing } });
    sent.on('error', reject);
    sent.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      const code = response.headers['x-amzn-errortype'];
      resolve({
        status: response.statusCode ?? 0,
        code: typeof code === 'string' ? code : undefined,
        body: text.startsWith('{') ? JSON.parse(text) : { text },
      });
    });
    sent.end(body);
  });
}
