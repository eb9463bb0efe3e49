import type { ContextValue } from '../../../iam/types';
import { findSessionRole, policiesOfSession, policiesOfUser } from '../../iam/entities/effective-policies';
import type { Caller } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { AccessKey, RoleSession, Tags, User, UserSession } from '../../state/services/iam-state';

type Context = Readonly<Record<string, ContextValue>>;

/**
 * A caller without a signature.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export const ANONYMOUS_CALLER: Caller = {
  principal: { kind: 'anonymous' },
  policies: { identity: [] },
  context: {
    'aws:PrincipalAccount': 'anonymous',
    'aws:PrincipalType': 'Anonymous',
    'aws:userid': 'anonymous',
    'aws:PrincipalIsAWSService': 'false',
  },
};

const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/**
 * Whoever signs with the key of a certificate: the service asks on their behalf.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export const CERTIFIED_CALLER: Caller = {
  principal: { kind: 'service', service: ROLES_ANYWHERE },
  policies: { identity: [] },
  context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': ROLES_ANYWHERE },
};

/** Whoever holds an access key. */
export function callerOf(account: AccountState, accessKeyId: string, accessKey: AccessKey): Caller {
  if (accessKey.kind === 'role-session') return sessionCaller(account, accessKeyId, accessKey);
  const user = account.iam.users.get(accessKey.userName);
  if (user === undefined) {
    throw new Error(`access key '${accessKeyId}' belongs to a user that is not there: '${accessKey.userName}'`);
  }
  const session = accessKey.kind === 'user-session' ? accessKey : undefined;
  return userCaller(account, accessKeyId, account.iam.users.inForce(user.name) ?? user, session);
}

/**
 * The user, with the policies that it has at this moment.
 *
 * @param session absent for a long-term access key
 */
function userCaller(account: AccountState, accessKeyId: string, user: User, session?: UserSession): Caller {
  return {
    principal: { kind: 'user', account: account.accountId, arn: user.arn, userId: user.id },
    accessKeyId,
    policies: policiesOfUser(account.iam, user),
    context: {
      ...principalContext(account, { arn: user.arn, type: 'User', userId: user.id }),
      'aws:username': user.name,
      ...(session === undefined ? {} : sessionContext(session)),
      ...tagContext(user.tags),
    },
  };
}

/** The role's session, with the policies that the role has at this moment. */
function sessionCaller(account: AccountState, accessKeyId: string, session: RoleSession): Caller {
  const userId = `${session.roleId}:${session.sessionName}`;
  return {
    principal: {
      kind: 'role-session',
      account: account.accountId,
      arn: `arn:${account.partition}:sts::${account.accountId}:assumed-role/${session.roleName}/${session.sessionName}`,
      roleArn: session.roleArn,
      userId,
    },
    accessKeyId,
    policies: policiesOfSession(account.iam, session),
    context: {
      ...principalContext(account, { arn: session.roleArn, type: 'AssumedRole', userId }),
      ...sessionContext(session),
      ...(session.sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': session.sourceIdentity }),
      ...tagContext(findSessionRole(account.iam, session)?.tags ?? new Map()),
      ...tagContext(session.tags),
      ...session.context,
    },
    transitiveTags: new Map([...session.tags].filter(([key]) => session.transitiveTagKeys?.includes(key))),
  };
}

/** Condition keys of temporary credentials, which are never made with a second factor here. */
function sessionContext({ issuedAt }: Pick<UserSession, 'issuedAt'>): Context {
  return { 'aws:TokenIssueTime': issuedAt.toISOString(), 'aws:MultiFactorAuthPresent': 'false' };
}

function principalContext(
  account: AccountState,
  { arn, type, userId }: { readonly arn: string; readonly type: string; readonly userId: string },
): Context {
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account.accountId,
    'aws:PrincipalType': type,
    'aws:userid': userId,
    'aws:PrincipalIsAWSService': 'false',
  };
}

function tagContext(tags: Tags): Context {
  return Object.fromEntries([...tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}
