import { accountOf } from '../../arn';
import type { Catalogue } from '../../catalogue';
import { ToolkitError } from '../../errors';
import { type AccessPolicies, type ContextValue, type Decision, explain, type Policy } from '../../iam';
import { policyThatLeavesItToIam } from '../policies/assumed-policy';
import { type ContextEntry, defaultContext, mergeContext, roleSession } from '../policies/default-context';
import { type EnvironmentPolicies, findKey } from '../policies/environment-policies';
import { requireSamePrincipal, requireTypes } from './asked-context';
import { requireCarried, requireTaken } from './asked-permission';
import { type ExplainedStatement, withFailingConditions } from './failing-conditions';

/** Version of the result document; a reader refuses any other. */
const VERSION = 1;

export interface ExplainAccessInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
  readonly action: string;
  /** An ARN, `*`, or one of the short forms `bucket`, `bucket/<key>`, `key` and `role`. */
  readonly resource: string;
  /** Condition keys that the request carries besides the defaults or in their place; an empty list removes a key. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Whether the environment's role may do something, and what each statement had to say. */
export interface AccessExplanation {
  readonly version: typeof VERSION;
  readonly environment: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: readonly ContextEntry[];
  readonly decision: Decision;
  readonly statements: readonly ExplainedStatement[];
  /** Policies that count but could not be read. */
  readonly notAssessed: readonly string[];
}

/**
 * Decides whether the environment's role may do one thing, and says why.
 *
 * @throws {ToolkitError} `UnknownAction`, with the nearest one that exists; `BadResource`, when the action takes no such
 *   resource; `UnknownConditionKey`, when no request for it carries such a key; `BadContext`, for a value of another type, or
 *   one that contradicts the principal; `NoKey`, for the short form of a key that the environment does not have
 */
export function explainAccess({ policies, catalogue, ...asked }: ExplainAccessInput): AccessExplanation {
  const resource = expandResource(asked.resource, policies);
  requireTaken(asked.action, resource, catalogue);
  requireCarried(asked, resource, catalogue);
  const action = catalogue.tryFind(asked.action)?.name ?? asked.action;
  const principal = roleSession(policies);
  const resourceAccount = accountOf(resource) || policies.account;
  const defaults = defaultContext({ policies, action, resourceAccount });
  requireTypes(asked.context);
  requireSamePrincipal(asked.context, defaults);
  const context = mergeContext(defaults, asked.context);
  const request = { principal, action, resource, resourceAccount, context: toRecord(context) };
  const on = policiesOn(resource, action, policies);
  const { decision, statements } = explain(request, on);
  return {
    version: VERSION,
    environment: policies.environment,
    principal: principal.arn,
    action,
    resource,
    context,
    decision,
    statements: withFailingConditions(statements, request, policiesIn(on)),
    notAssessed: notAssessedOn(resource, policies),
  };
}

function expandResource(given: string, { bucket, key, role }: EnvironmentPolicies): string {
  if (given === 'bucket' || given.startsWith('bucket/')) return given.replace('bucket', () => bucket.arn);
  if (given === 'role') return role.arn;
  if (given !== 'key') return given;
  if (key !== undefined) return key.arn;
  throw new ToolkitError(
    'NoKey',
    "'key' must be the key of the environment, got: an environment whose keys S3 manages",
  );
}

function toRecord(entries: readonly ContextEntry[]): Readonly<Record<string, ContextValue>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function policiesOn(resource: string, action: string, policies: EnvironmentPolicies): AccessPolicies {
  const { role, bucket } = policies;
  const { identity, boundary } = role;
  const isInBucket = resource === bucket.arn || resource.startsWith(`${bucket.arn}/`);
  const isTrusted = resource === role.arn && action.startsWith('sts:');
  const own = isInBucket ? bucket.policy : isTrusted ? role.trust : undefined;
  const keyPolicy = findKey(policies, resource)?.policy ?? policyOfOtherKey(resource, policies);
  return {
    identity,
    ...(boundary && { boundary }),
    ...(own && { resource: own }),
    ...(keyPolicy && { key: keyPolicy }),
  };
}

function policiesIn({ identity, boundary, resource, key }: AccessPolicies): readonly Policy[] {
  return [...identity, ...[boundary, resource, key].filter((one) => one !== undefined)];
}

function policyOfOtherKey(resource: string, policies: EnvironmentPolicies): Policy | undefined {
  const isOwnKey = /^arn:[^:]+:kms:[^:]+:\d{12}:key\//.test(resource) && accountOf(resource) === policies.account;
  return isOwnKey ? policyThatLeavesItToIam(policies) : undefined;
}

function notAssessedOn(resource: string, policies: EnvironmentPolicies): readonly string[] {
  const { notAssessed, bucket, role } = policies;
  const isKnown =
    resource === '*' ||
    findKey(policies, resource) !== undefined ||
    resource === role.arn ||
    resource === bucket.arn ||
    resource.startsWith(`${bucket.arn}/`);
  return isKnown
    ? notAssessed
    : [`a policy on '${resource}' itself: it is not part of the environment`, ...notAssessed];
}
