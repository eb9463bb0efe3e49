import { nameOf } from '../../arn';
import { HeldSession, type HostSessionOptions } from '../rolesanywhere/host/held-session';
import type { SessionCredentials } from '../rolesanywhere/host/session-request';
import type { SuppliedAuthority } from '../rolesanywhere/host/stand-in';
import type { AccountState } from '../state/account-state';
import type { WireResponse } from '../wire/http/message';
import { TOKEN_PATH } from './answer-metadata-request';
import { type LocalRequest, serveLocally } from './endpoint';
import { SessionTokens } from './session-tokens';

export interface CertificateHostOptions extends HostSessionOptions {
  /** @default - a free one */
  readonly port?: number;
}

/** A simulated host outside of AWS, with a certificate and what AWS's helper serves with it. */
export interface CertificateHost {
  /** `http://127.0.0.1:PORT`, the value of `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly metadataEndpoint: string;
  /** The credentials that it has now; `undefined` while it gets none. */
  readonly credentials: () => Promise<SessionCredentials | undefined>;
  /** The authority that stands in; `undefined` where the host brought its certificate, or before there is a trust anchor. */
  readonly standIn: () => Promise<SuppliedAuthority | undefined>;
  readonly stop: () => Promise<void>;
}

const ROLES_PATH = '/latest/meta-data/iam/security-credentials/';
/** A token that is asked for without a time lasts as long as one may. */
const DEFAULT_TTL_SECONDS = '21600';
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
  { port = 0, ...options }: CertificateHostOptions,
  endpoint: string,
): Promise<CertificateHost> {
  const session = new HeldSession(account, options, endpoint);
  const tokens = new SessionTokens(account);
  const roleName = nameOf(options.roleArn);
  const served = await serveLocally(account, port, (request) => answer(request, { tokens, session, roleName }));
  return {
    metadataEndpoint: served.url,
    credentials: async () => {
      const held = await session.get();
      return typeof held === 'string' ? undefined : held;
    },
    standIn: () => session.standIn(),
    stop: async () => {
      await served.close();
      session.end();
    },
  };
}

interface Served {
  readonly tokens: SessionTokens;
  readonly session: HeldSession;
  readonly roleName: string;
}

async function answer(request: LocalRequest, { tokens, session, roleName }: Served): Promise<WireResponse> {
  const { method, path, headers } = request;
  // Whatever is asked for below the path of the roles is answered with the name of the only one.
  const isKnown = path === TOKEN_PATH || path.startsWith(ROLES_PATH);
  if (!isKnown) return text(404, '404 page not found');
  if (method !== (path === TOKEN_PATH ? 'PUT' : 'GET')) return text(405, '');
  if (path === TOKEN_PATH) return issueToken(tokens, headers);
  const { 'x-aws-ec2-metadata-token': token } = headers;
  if (typeof token !== 'string' || !tokens.isValid(token)) return text(401, 'Unauthorized');
  if (path !== `${ROLES_PATH}${roleName}`) return text(200, roleName);
  const held = await session.get();
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
  const { 'x-aws-ec2-metadata-token-ttl-seconds': seconds = DEFAULT_TTL_SECONDS } = headers;
  const isForwarded = headers['x-forwarded-for'] !== undefined;
  const token = isForwarded || typeof seconds !== 'string' ? undefined : tokens.tryIssue(seconds);
  if (token === undefined) return text(400, 'Bad Request');
  return { ...text(200, token), headers: { ...TEXT, 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } };
}

function text(status: number, body: string): WireResponse {
  return { status, headers: TEXT, body };
}
