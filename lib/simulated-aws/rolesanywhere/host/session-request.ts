import { createHash, sign, X509Certificate } from 'node:crypto';
import type { StandIn } from './stand-in';

/** Where a host asks for its session, and for which. */
export interface SessionTarget {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly region: string;
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
}

/** What a simulated host gets, or what it is told. */
export type SessionAnswer =
  | { readonly kind: 'granted'; readonly credentials: SessionCredentials }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: string;
}

/** What of an answer is read. */
interface Answer {
  readonly credentialSet?: readonly { readonly credentials: SessionCredentials }[];
  readonly __type?: string;
  readonly message?: string;
}

const ALGORITHM = 'AWS4-X509-ECDSA-SHA256';

/**
 * Asks for a session as AWS's own helper does on a host. It is for simulated hosts: on real ones the helper signs.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
export async function requestSession(target: SessionTarget, standIn: StandIn, now: Date): Promise<SessionAnswer> {
  const { endpoint, trustAnchorArn, profileArn, roleArn } = target;
  const body = JSON.stringify({ durationSeconds: 3600, trustAnchorArn, profileArn, roleArn });
  const { host, ...headers } = signedHeaders(target, { standIn, now, body });
  const response = await fetch(`${endpoint}/sessions`, { method: 'POST', headers, body });
  const answer = (await response.json()) as Answer;
  const [granted] = answer.credentialSet ?? [];
  return granted === undefined
    ? { kind: 'refused', code: String(answer.__type), message: String(answer.message) }
    : { kind: 'granted', credentials: granted.credentials };
}

interface ToSign {
  readonly standIn: StandIn;
  readonly now: Date;
  readonly body: string;
}

function signedHeaders({ endpoint, region }: SessionTarget, { standIn, now, body }: ToSign): Record<string, string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host: new URL(endpoint).host,
    'x-amz-date': stamp,
    'x-amz-x509': standIn.certificateDer.toString('base64'),
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/sessions', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/rolesanywhere/aws4_request`;
  const toSign = [ALGORITHM, stamp, scope, sha256(canonical)].join('\n');
  const signature = sign('sha256', Buffer.from(toSign), standIn.privateKeyPem).toString('hex');
  const serialNumber = BigInt(`0x${new X509Certificate(standIn.certificateDer).serialNumber}`);
  const authorization = `${ALGORITHM} Credential=${serialNumber}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
