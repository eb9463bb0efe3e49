import { tryFindConditionKeyType } from '../../../iam/condition-keys/known-condition-keys';
import type { ContextValue } from '../../../iam/types';
import { requireText } from '../../service/parameters';
import type { Call, Caller } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { PARAMETER_RULES, readSessionDuration, requireRoleDuration } from '../session/parameter-rules';
import { type SessionRequest, startRoleSession } from '../session/role-session';
import { describeAssumedRole, describeCredentials } from '../session/session';
import { readSessionPolicies } from '../session/session-policies';
import { accountOfRole, type RequestedRole, trustQuestions } from '../session/trust';
import { readTokenSession } from './token-session';
import { type VerifiedIdentity, verifyIdentity } from './verified-identity';

/**
 * A session of a role for whom a token of an OpenID Connect provider speaks. The token stands in for a signature.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function assumeRoleWithWebIdentity(call: Call, form: Form): XmlContent {
  const arn = requireText(form, 'RoleArn', PARAMETER_RULES);
  const account = accountOfRole(call, arn);
  const role = account.iam.roles.valuesInForce().find((candidate) => candidate.arn === arn);
  const identity = verifyIdentity(account, requireText(form, 'WebIdentityToken', PARAMETER_RULES));
  const request = readRequest(account, form, identity);
  requireTrust(call, { arn, role }, { identity, request });
  if (role === undefined) {
    throw new Error(`'${arn}' was trusted, although it does not exist`);
  }
  requireRoleDuration(role, request.durationSeconds);
  const credentials = startRoleSession(account, role, request);
  return {
    Credentials: describeCredentials(credentials),
    SubjectFromWebIdentityToken: identity.subject,
    AssumedRoleUser: describeAssumedRole(account, role, request.sessionName),
    Provider: identity.provider.arn,
    Audience: identity.audience,
    SourceIdentity: request.sourceIdentity,
  };
}

function readRequest(account: AccountState, form: Form, identity: VerifiedIdentity): SessionRequest {
  const policies = readSessionPolicies(account, form);
  return {
    sessionName: requireText(form, 'RoleSessionName', PARAMETER_RULES),
    durationSeconds: readSessionDuration(form),
    ...readTokenSession(identity),
    ...(policies === undefined ? {} : { policies }),
    context: { 'aws:FederatedProvider': identity.provider.arn },
  };
}

interface TrustedIdentity {
  readonly identity: VerifiedIdentity;
  readonly request: SessionRequest;
}

/** @throws {AwsError} `AccessDenied`, which tells a caller without credentials no more than that */
function requireTrust(call: Call, requested: RequestedRole, { identity, request }: TrustedIdentity): void {
  const caller = federatedCaller(identity);
  const action = 'sts:AssumeRoleWithWebIdentity';
  for (const question of trustQuestions(requested, action, { request, context: claimContext(identity) })) {
    if (call.decide({ ...question, caller }).result !== 'allowed') {
      throw new AwsError(403, 'AccessDenied', `Not authorized to perform ${question.action}`);
    }
  }
}

function federatedCaller({ provider, audience, subject }: VerifiedIdentity): Caller {
  return {
    federatedId: `${provider.url}:${audience}:${subject}`,
    principal: { kind: 'federated', provider: provider.arn },
    policies: { identity: [] },
    context: { 'aws:FederatedProvider': provider.arn, 'aws:PrincipalIsAWSService': 'false' },
  };
}

/**
 * The condition keys that a token supplies, each named after its provider: audience and subject, how the subject was
 * authenticated, and those claims that AWS documents for the provider, such as GitHub's `repository`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
function claimContext(identity: VerifiedIdentity): Readonly<Record<string, ContextValue>> {
  const { provider, audience, subject, claims } = identity;
  const methods = Array.isArray(claims.amr) ? claims.amr.filter((method) => typeof method === 'string') : [];
  return {
    ...documentedClaims(identity),
    [`${provider.url}:aud`]: audience,
    [`${provider.url}:sub`]: subject,
    ...(methods.length === 0 ? {} : { [`${provider.url}:amr`]: methods }),
  };
}

function documentedClaims({ provider, claims }: VerifiedIdentity): Readonly<Record<string, string>> {
  const known = Object.entries(claims)
    .map(([claim, value]) => [`${provider.url}:${claim}`, value] as const)
    .filter(([key, value]) => isSingleValue(value) && tryFindConditionKeyType(key) !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [key, String(value)]));
}

function isSingleValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
