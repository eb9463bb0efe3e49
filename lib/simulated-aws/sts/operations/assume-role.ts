import { authorize } from '../../service/access';
import { requireText, tryReadText, validationError } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { PARAMETER_RULES, readSessionDuration, requireRoleDuration } from '../session/parameter-rules';
import { type SessionRequest, startRoleSession } from '../session/role-session';
import { describeAssumedRole, describeCredentials } from '../session/session';
import { readSessionPolicies } from '../session/session-policies';
import { readSessionTags, type SessionTags, withInheritedTags } from '../session/session-tags';
import { accountOfRole, type RequestedRole, trustQuestions } from '../session/trust';

/** A role that assumes a role gets no more than an hour. */
const MAX_CHAINED_SECONDS = 3600;

/**
 * A session of a role, when the role's trust policy admits the caller.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(call: Call, form: Form): XmlContent {
  const arn = requireText(form, 'RoleArn', PARAMETER_RULES);
  const account = accountOfRole(call, arn);
  const role = account.iam.roles.valuesInForce().find((candidate) => candidate.arn === arn);
  const passed = readSessionTags(form);
  const request = readRequest(call, form, { account, passed });
  requireTrust(call, form, { arn, role, request, passed });
  if (role === undefined) {
    throw new Error(`'${arn}' was trusted, although it does not exist`);
  }
  requireDuration(call, request.durationSeconds);
  requireRoleDuration(role, request.durationSeconds);
  const credentials = startRoleSession(account, role, request);
  return {
    Credentials: describeCredentials(credentials),
    AssumedRoleUser: describeAssumedRole(account, role, request.sessionName),
    SourceIdentity: request.sourceIdentity,
  };
}

function readRequest(
  call: Call,
  form: Form,
  { account, passed }: { readonly account: AccountState; readonly passed: SessionTags },
): SessionRequest {
  const sourceIdentity = readSourceIdentity(call, form);
  const policies = readSessionPolicies(account, form);
  return {
    sessionName: requireText(form, 'RoleSessionName', PARAMETER_RULES),
    durationSeconds: readSessionDuration(form),
    ...withInheritedTags(passed, call.caller.transitiveTags),
    ...(policies === undefined ? {} : { policies }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

/**
 * The one that the request sets, or the one that the caller's own session has: once set, it stays.
 *
 * @throws {AwsError} `AccessDenied`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
function readSourceIdentity({ caller }: Call, form: Form): string | undefined {
  const inherited = caller.context['aws:SourceIdentity'];
  const requested = tryReadText(form, 'SourceIdentity', PARAMETER_RULES);
  if (typeof inherited !== 'string') return requested;
  if (requested !== undefined && requested !== inherited) {
    throw new AwsError(403, 'AccessDenied', 'The source identity of a session cannot be changed.');
  }
  return inherited;
}

interface Requested extends RequestedRole {
  readonly request: SessionRequest;
  readonly passed: SessionTags;
}

function requireTrust(call: Call, form: Form, { request, passed, ...requested }: Requested): void {
  const externalId = tryReadText(form, 'ExternalId', PARAMETER_RULES);
  const context = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
  for (const question of trustQuestions(requested, 'sts:AssumeRole', { request, passed, context })) {
    authorize(call, question);
  }
}

function requireDuration({ caller }: Call, durationSeconds: number): void {
  if (caller.principal.kind === 'role-session' && durationSeconds > MAX_CHAINED_SECONDS) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
}
