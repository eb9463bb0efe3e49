import type { Policy } from '../../../iam/types';
import type { AccountState } from '../../state/account-state';
import type { Role, RoleSession } from '../../state/services/iam-state';
import { newTemporaryCredentials, type TemporaryCredentials } from './session';

/** The parts of a role's session. */
export interface SessionRequest {
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly policies?: readonly Policy[];
  readonly tags?: RoleSession['tags'];
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  /** Condition keys that come with where the session is made. */
  readonly context?: RoleSession['context'];
}

/** Makes a session of the role. Whether that is allowed was asked before. */
export function startRoleSession(account: AccountState, role: Role, request: SessionRequest): TemporaryCredentials {
  const { durationSeconds, ...given } = request;
  const credentials = newTemporaryCredentials(account, durationSeconds);
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
