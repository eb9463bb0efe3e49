import { describeTime } from '../iam/entities/descriptions';
import type { AccountState } from '../state/account-state';
import type { Role } from '../state/services/iam-state';
import type { WireResponse } from '../wire/http/message';
import { isSameSignature } from '../wire/signature/hashes';
import { type LocalRequest, serveLocally } from './endpoint';
import { RoleCredentials } from './role-credentials';

export interface ContainerOptions {
  /** The role of its task. It must trust `ecs-tasks.amazonaws.com`, and may come into being later. */
  readonly roleName: string;
  /** @default - a free one */
  readonly port?: number;
}

/** A simulated container of Amazon ECS, as far as its credentials go. */
export interface SimulatedContainer {
  /** The value of `AWS_CONTAINER_CREDENTIALS_FULL_URI`. */
  readonly credentialsUri: string;
  /** The value of `AWS_CONTAINER_AUTHORIZATION_TOKEN`. */
  readonly authorizationToken: string;
  readonly stop: () => Promise<void>;
}

const SERVICE_PRINCIPAL = 'ecs-tasks.amazonaws.com';
const JSON_CONTENT = { 'content-type': 'application/json' };

/**
 * Starts a container whose credentials are served on the loopback address to whoever shows its token.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export async function startContainer(account: AccountState, options: ContainerOptions): Promise<SimulatedContainer> {
  const taskId = account.randomBytes(16).toString('hex');
  const authorizationToken = account.randomBytes(32).toString('base64url');
  const credentials = new RoleCredentials(account, {
    servicePrincipal: SERVICE_PRINCIPAL,
    sessionName: taskId,
    context: {},
  });
  const path = `/v2/credentials/${taskId}`;
  const endpoint = await serveLocally(account, options.port ?? 0, (request) => {
    if (request.path !== path || request.method !== 'GET') return failure(404, 'NotFound', 'There is nothing here.');
    if (!isAuthorized(request, authorizationToken))
      return failure(401, 'Unauthorized', 'The token is not the one of this container.');
    const role = account.iam.roles.inForce(options.roleName);
    return role === undefined ? withoutCredentials(options.roleName) : describe(credentials, role);
  });
  return { credentialsUri: `${endpoint.url}${path}`, authorizationToken, stop: endpoint.close };
}

function isAuthorized({ headers }: LocalRequest, token: string): boolean {
  return isSameSignature(token, headers.authorization ?? '');
}

function describe(holder: RoleCredentials, role: Role): WireResponse {
  const credentials = holder.tryGet(role);
  if (credentials === undefined) return withoutCredentials(role.name);
  const body = JSON.stringify({
    AccessKeyId: credentials.accessKeyId,
    Expiration: describeTime(credentials.expiresAt),
    RoleArn: role.arn,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
  });
  return { status: 200, headers: JSON_CONTENT, body };
}

function withoutCredentials(roleName: string): WireResponse {
  return failure(400, 'NoCredentials', `${SERVICE_PRINCIPAL} cannot assume the role ${roleName}.`);
}

function failure(status: number, code: string, message: string): WireResponse {
  return { status, headers: JSON_CONTENT, body: JSON.stringify({ code, message }) };
}
