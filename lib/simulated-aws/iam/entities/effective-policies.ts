import type { AccessPolicies, Policy } from '../../../iam/types';
import type {
  IamState,
  ManagedPolicy,
  PolicyDocument,
  PolicyVersion,
  Role,
  RoleSession,
  User,
} from '../../state/services/iam-state';

type CallerPolicies = Pick<AccessPolicies, 'identity' | 'boundary' | 'session'>;

/** The policies of a user that are in force at this moment. */
export function policiesOfUser(state: IamState, user: User | undefined): CallerPolicies {
  return { identity: attachedPolicies(state, user?.attachedPolicyArns ?? []) };
}

/**
 * The policies of a role's session that are in force at this moment.
 *
 * A role that was deleted leaves its sessions without any, also when another role has taken its name.
 */
export function policiesOfSession(state: IamState, session: RoleSession): CallerPolicies {
  const role = findSessionRole(state, session);
  const boundary = boundaryOf(state, role);
  return {
    identity: role === undefined ? [] : policiesOfRole(state, role),
    ...(boundary === undefined ? {} : { boundary }),
    ...(session.policies === undefined ? {} : { session: session.policies }),
  };
}

/** The role that a session was made of; `undefined` once it is deleted. */
export function findSessionRole(state: IamState, session: RoleSession): Role | undefined {
  const role = state.roles.inForce(session.roleName);
  return role?.id === session.roleId ? role : undefined;
}

export function defaultVersion(policy: ManagedPolicy): PolicyVersion {
  const version = policy.versions.find(({ versionId }) => versionId === policy.defaultVersionId);
  if (version === undefined) {
    throw new Error(`'${policy.arn}' has no version '${policy.defaultVersionId}'`);
  }
  return version;
}

/** The policies of a role that are in force at this moment. */
export function policiesOfRole(state: IamState, role: Role): readonly Policy[] {
  const inline = [...role.inlinePolicies.values()].map((document: PolicyDocument) => document.parsed);
  return [...attachedPolicies(state, role.attachedPolicyArns), ...inline];
}

function boundaryOf(state: IamState, role: Role | undefined): Policy | undefined {
  const arn = role?.permissionsBoundaryArn;
  if (arn === undefined) {
    return undefined;
  }
  // A boundary whose policy is gone allows nothing.
  return attachedPolicies(state, [arn])[0] ?? { name: arn, version: '2012-10-17', statements: [] };
}

function attachedPolicies(state: IamState, arns: readonly string[]): readonly Policy[] {
  return arns.flatMap((arn) => {
    const policy = state.policies.inForce(arn);
    return policy === undefined ? [] : [defaultVersion(policy).document.parsed];
  });
}
