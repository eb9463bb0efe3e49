import type { Policy } from '../../iam/types';
import type { AccountState } from '../account-state';
import type { Role, RoleSession } from '../iam/state';
import { newSecretAccessKey, newUniqueId } from '../iam/unique-id';

/** What a role's session is made with. */
export interface SessionRequest {
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly policies?: readonly Policy[];
  readonly tags?: RoleSession['tags'];
  readonly sourceIdentity?: string;
  /** Condition keys that come with where the session is made. */
  readonly context?: RoleSession['context'];
}

/** Temporary credentials as they are handed out. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Makes a session of the role. Whether that is allowed was asked before. */
export function startRoleSession(account: AccountState, role: Role, request: SessionRequest): TemporaryCredentials {
  const { durationSeconds, ...given } = request;
  const issuedAt = account.now();
  const credentials: TemporaryCredentials = {
    accessKeyId: newUniqueId('temporary-access-key', account.randomBytes),
    secretAccessKey: newSecretAccessKey(account.randomBytes),
    sessionToken: Buffer.concat([Buffer.from('simulated'), account.randomBytes(240)]).toString('base64'),
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + durationSeconds * 1000),
  };
  const { accessKeyId, ...secrets } = credentials;
  account.iam.accessKeys.set(accessKeyId, {
    kind: 'role-session',
    ...secrets,
    roleId: role.id,
    roleName: role.name,
    roleArn: role.arn,
    tags: new Map(),
    context: {},
    ...given,
  });
  return credentials;
}
