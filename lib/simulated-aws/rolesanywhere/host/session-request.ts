import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { basicTime } from '../../wire/signature/hashes';
import type { HostCertificate } from './stand-in';

/** Where a host asks for its session, and for which. */
export interface SessionTarget {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly region: string;
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
}

/** The credentials that a simulated host gets, or the error. */
export type SessionAnswer =
  | { readonly kind: 'granted'; readonly credentials: SessionCredentials }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: string;
}

/** The part of an answer that is read. */
interface Answer {
  readonly credentialSet?: readonly { readonly credentials: SessionCredentials }[];
  readonly __type?: string;
  readonly message?: string;
}

/**
 * Asks for a session as AWS's own helper does on a host. It is for simulated hosts: on real ones the helper signs.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
export async function requestSession(
  target: SessionTarget,
  certificate: HostCertificate,
  now: Date,
): Promise<SessionAnswer> {
  const { endpoint, trustAnchorArn, profileArn, roleArn } = target;
  const body = JSON.stringify({ durationSeconds: 3600, trustAnchorArn, profileArn, roleArn });
  const { host, ...headers } = signedHeaders(target, { certificate, now, body });
  const response = await fetch(`${endpoint}/sessions`, { method: 'POST', headers, body });
  const answer = (await response.json()) as Answer;
  const [granted] = answer.credentialSet ?? [];
  return granted === undefined
    ? { kind: 'refused', code: String(answer.__type), message: String(answer.message) }
    : { kind: 'granted', credentials: granted.credentials };
}

interface ToSign {
  readonly certificate: HostCertificate;
  readonly now: Date;
  readonly body: string;
}

function signedHeaders(
  { endpoint, region }: SessionTarget,
  { certificate, now, body }: ToSign,
): Record<string, string> {
  const { certificateDer, chainDer } = certificate;
  const privateKey = createPrivateKey(certificate.privateKeyPem);
  const algorithm = `AWS4-X509-${privateKey.asymmetricKeyType === 'rsa' ? 'RSA' : 'ECDSA'}-SHA256`;
  const stamp = basicTime(now);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host: new URL(endpoint).host,
    'x-amz-date': stamp,
    'x-amz-x509': certificateDer.toString('base64'),
    ...(chainDer.length > 0 && { 'x-amz-x509-chain': chainDer.map((der) => der.toString('base64')).join(',') }),
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/sessions', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/rolesanywhere/aws4_request`;
  const toSign = [algorithm, stamp, scope, sha256(canonical)].join('\n');
  const signature = sign('sha256', Buffer.from(toSign), privateKey).toString('hex');
  const serialNumber = BigInt(`0x${new X509Certificate(certificateDer).serialNumber}`);
  const authorization = `${algorithm} Credential=${serialNumber}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
