import { accountOf } from '../../../arn';
import type { ContextValue } from '../../../iam/types';
import { requestTagContext, resourceTagContext } from '../../iam/request/tags';
import type { AccessQuestion, Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { Role } from '../../state/services/iam-state';
import type { SessionRequest } from './role-session';
import type { SessionTags } from './session-tags';

/** A role by its ARN; `undefined` for one that is not there. */
export interface RequestedRole {
  readonly arn: string;
  readonly role: Role | undefined;
}

/** A session that is asked for. */
interface TrustedSession {
  readonly request: SessionRequest;
  /** The tags that the request itself passes. @default - all of the session's */
  readonly passed?: Partial<SessionTags>;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** The account that a role is in; for one that is not simulated the caller's own, which has no such role. */
export function accountOfRole({ account }: Call, roleArn: string): AccountState {
  return account.accounts.find(accountOf(roleArn), account.region) ?? account;
}

/**
 * The questions that a role's trust policy is asked before a session is made. Tags, also those that are inherited, and a source
 * identity each need a permission of their own; conditions see the tags that are passed alone. A role that does not exist has no trust policy, and so admits nobody.
 *
 * @param action `sts:AssumeRole` or one of its kin
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export function trustQuestions(
  { arn, role }: RequestedRole,
  action: string,
  { request, passed = request, context }: TrustedSession,
): readonly AccessQuestion[] {
  const { sourceIdentity } = request;
  const { tags = new Map(), transitiveTagKeys = [] } = passed;
  const actions = [
    action,
    ...((request.tags ?? tags).size === 0 ? [] : ['sts:TagSession']),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  const question = {
    resource: arn,
    resourceAccount: accountOf(arn),
    ...(role === undefined ? {} : { resourcePolicy: role.trustPolicy.parsed }),
    context: {
      ...resourceTagContext(role?.tags ?? new Map()),
      'sts:RoleSessionName': request.sessionName,
      ...requestTagContext(tags),
      ...(transitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': transitiveTagKeys }),
      ...context,
    },
  };
  const withIdentity =
    sourceIdentity === undefined ? {} : { context: { ...question.context, 'sts:SourceIdentity': sourceIdentity } };
  // AWS lists no source identity for sts:TagSession.
  return actions.map((name) => ({ ...question, ...(name !== 'sts:TagSession' && withIdentity), action: name }));
}
