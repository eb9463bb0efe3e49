import { requestSession, type SessionCredentials, type SessionTarget } from '../rolesanywhere/host/session-request';
import { type CertificateName, createStandIn, type HostCertificate } from '../rolesanywhere/host/stand-in';
import type { AccountState } from '../state/account-state';
import type { WireResponse } from '../wire/http/message';
import { TOKEN_PATH } from './answer-metadata-request';
import { type LocalRequest, serveLocally } from './endpoint';
import { SessionTokens } from './session-tokens';

export interface CertificateHostOptions {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  /** The host's certificate, or the names in one that an authority signs which stands in for the trust anchor's. */
  readonly certificate: HostCertificate | StandInNames;
  /** @default - a free one */
  readonly port?: number;
}

interface StandInNames {
  readonly subject: CertificateName;
  /** The names of the authority. */
  readonly issuer: CertificateName;
}

/** A simulated host outside of AWS, with a certificate and what AWS's helper serves with it. */
export interface CertificateHost {
  /** `http://127.0.0.1:PORT`, the value of `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly metadataEndpoint: string;
  readonly stop: () => Promise<void>;
}

const ROLES_PATH = '/latest/meta-data/iam/security-credentials/';
/** The helper renews what expires within ten minutes. */
const RENEWAL_MS = 600_000;
const TEXT = { 'content-type': 'text/plain' };

/**
 * Starts a host with a certificate, and a look-alike of the helper's `serve` with its three paths and nothing else. A refusal is a 500 with AWS's words, as in the helper since
 * it stopped answering with empty keys.
 *
 * @param endpoint where it asks for its sessions
 * @see https://github.com/aws/rolesanywhere-credential-helper/pull/200
 */
export async function startCertificateHost(
  account: AccountState,
  { port = 0, certificate, ...named }: CertificateHostOptions,
  endpoint: string,
): Promise<CertificateHost> {
  const held = 'subject' in certificate ? await standIn(account, named.trustAnchorArn, certificate) : certificate;
  const target = { ...named, endpoint, region: account.region };
  const credentials = new HeldCredentials(account, target, held);
  const tokens = new SessionTokens(account);
  const served = await serveLocally(account, port, (request) => answer(request, { tokens, credentials, target }));
  return { metadataEndpoint: served.url, stop: served.close };
}

/** A certificate of an authority that the trust anchor takes from now on beside its own. */
async function standIn(account: AccountState, anchorArn: string, names: StandInNames): Promise<HostCertificate> {
  const { authorityPem, ...certificate } = await createStandIn(names, account.now());
  const { suppliedAuthorities } = account.rolesAnywhere;
  suppliedAuthorities.set(anchorArn, [suppliedAuthorities.get(anchorArn) ?? '', authorityPem].join('\n'));
  account.accounts.keep();
  return certificate;
}

/** The session that a host has at the moment. */
class HeldCredentials {
  private held: SessionCredentials | undefined;

  constructor(
    private readonly account: AccountState,
    private readonly target: SessionTarget,
    private readonly certificate: HostCertificate,
  ) {}

  /** @returns the reason, where there are none */
  async get(): Promise<SessionCredentials | string> {
    const now = this.account.now();
    if (this.held !== undefined && Date.parse(this.held.expiration) - now.getTime() > RENEWAL_MS) return this.held;
    try {
      const answered = await requestSession(this.target, this.certificate, now);
      if (answered.kind === 'refused') return `${answered.code}: ${answered.message}`;
      this.held = answered.credentials;
      return this.held;
    } catch (error) {
      // The connection, or an answer that is no document: faults come to that.
      return String(error);
    }
  }
}

interface Served {
  readonly tokens: SessionTokens;
  readonly credentials: HeldCredentials;
  readonly target: SessionTarget;
}

async function answer(request: LocalRequest, { tokens, credentials, target }: Served): Promise<WireResponse> {
  const { method, path, headers } = request;
  const roleName = target.roleArn.slice(target.roleArn.lastIndexOf('/') + 1);
  if (path === TOKEN_PATH && method === 'PUT') return issueToken(tokens, headers);
  if (method !== 'GET' || ![ROLES_PATH, `${ROLES_PATH}${roleName}`].includes(path)) return text(404, 'Not Found');
  const { 'x-aws-ec2-metadata-token': token } = headers;
  if (typeof token !== 'string' || !tokens.isValid(token)) return text(401, 'Unauthorized');
  if (path === ROLES_PATH) return text(200, roleName);
  const held = await credentials.get();
  if (typeof held === 'string') return text(500, held);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = held;
  const document = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration,
  };
  return { status: 200, headers: TEXT, body: JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', ...document }) };
}

function issueToken(tokens: SessionTokens, headers: LocalRequest['headers']): WireResponse {
  const { 'x-aws-ec2-metadata-token-ttl-seconds': seconds } = headers;
  const isForwarded = headers['x-forwarded-for'] !== undefined;
  const token = isForwarded || typeof seconds !== 'string' ? undefined : tokens.tryIssue(seconds);
  if (token === undefined) return text(400, 'Bad Request');
  return { ...text(200, token), headers: { ...TEXT, 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } };
}

function text(status: number, body: string): WireResponse {
  return { status, headers: TEXT, body };
}
