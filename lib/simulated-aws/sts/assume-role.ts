import type { ContextValue } from '../../iam/types';
import { authorize } from '../access';
import type { AccountState } from '../account-state';
import { describeTime } from '../iam/descriptions';
import type { Role } from '../iam/state';
import { readTags, requestTagContext, resourceTagContext } from '../iam/tags';
import { readInteger, requireText, tryReadText, validationError } from '../parameters';
import type { Call } from '../service';
import type { Form } from '../wire/query-protocol';
import type { XmlContent } from '../wire/xml';
import { parameterRules } from './parameter-rules';
import { type SessionRequest, startRoleSession } from './role-session';
import { readSessionPolicies } from './session-policies';

const durationLimits = { min: 900, max: 43_200, byDefault: 3600 };
/** A role that assumes a role gets no more than an hour. */
const maxChainedSeconds = 3600;

/**
 * A session of a role, when the role's trust policy admits the caller.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(call: Call, form: Form): XmlContent {
  const arn = requireText(form, 'RoleArn', parameterRules);
  const account = accountOfRole(call, arn);
  const role = account.iam.roles.valuesInForce().find((candidate) => candidate.arn === arn);
  const request = readRequest(call, form, account);
  requireTrust(call, { arn, role }, trustQuestions(form, request));
  if (role === undefined) {
    throw new Error(`'${arn}' was trusted, although it does not exist`);
  }
  requireDuration(call, role, request.durationSeconds);
  const credentials = startRoleSession(account, role, request);
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: describeTime(credentials.expiresAt),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${request.sessionName}`,
      Arn: `arn:${account.partition}:sts::${account.accountId}:assumed-role/${role.name}/${request.sessionName}`,
    },
    SourceIdentity: request.sourceIdentity,
  };
}

/** The account that the role is in; for one that is not simulated the caller's own, which has no such role. */
function accountOfRole({ account }: Call, roleArn: string): AccountState {
  return account.accounts.find(roleArn.split(':')[4] ?? '', account.region) ?? account;
}

function readRequest(call: Call, form: Form, account: AccountState): SessionRequest {
  const inherited = call.caller.context['aws:SourceIdentity'];
  const sourceIdentity =
    tryReadText(form, 'SourceIdentity', parameterRules) ?? (typeof inherited === 'string' ? inherited : undefined);
  const policies = readSessionPolicies(account, form);
  return {
    sessionName: requireText(form, 'RoleSessionName', parameterRules),
    durationSeconds: readInteger(form, 'DurationSeconds', durationLimits),
    tags: readTags(form),
    ...(policies === undefined ? {} : { policies }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

interface TrustQuestion {
  readonly action: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** Tags and a source identity each need a permission of their own, from the caller and from the role. */
function trustQuestions(form: Form, { sessionName, tags, sourceIdentity }: SessionRequest): readonly TrustQuestion[] {
  const externalId = tryReadText(form, 'ExternalId', parameterRules);
  const context = {
    'sts:RoleSessionName': sessionName,
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...requestTagContext(tags ?? new Map()),
  };
  return [
    { action: 'sts:AssumeRole', context },
    ...(tags === undefined || tags.size === 0 ? [] : [{ action: 'sts:TagSession', context }]),
    ...(sourceIdentity === undefined ? [] : [{ action: 'sts:SetSourceIdentity', context }]),
  ];
}

/** A role that does not exist has no trust policy, and so admits nobody. */
function requireTrust(
  call: Call,
  { arn, role }: { readonly arn: string; readonly role: Role | undefined },
  questions: readonly TrustQuestion[],
): void {
  for (const { action, context } of questions) {
    authorize(call, {
      action,
      resource: arn,
      resourceAccount: arn.split(':')[4] ?? '',
      ...(role === undefined ? {} : { resourcePolicy: role.trustPolicy.parsed }),
      context: { ...resourceTagContext(role?.tags ?? new Map()), ...context },
    });
  }
}

function requireDuration({ caller }: Call, role: Role, durationSeconds: number): void {
  if (durationSeconds > role.maxSessionDurationSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  if (caller.principal.kind === 'role-session' && durationSeconds > maxChainedSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
}
