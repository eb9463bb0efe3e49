import { type AccessPolicies, type AccessRequest, type ContextValue, type Policy, parsePolicy } from '../../iam';
import { policyThatLeavesItToIam } from '../policies/assumed-policy';
import { type EnvironmentPolicies, findKey, foreignRoleAccount } from '../policies/environment-policies';
import type { Caller } from './callers';
import type { Choice, Facet } from './facets';
import { foreignAccountOf } from './foreign';
import { isKey, type Sample } from './samples';

/** May this caller do this to this resource? */
export interface Question {
  readonly caller: Caller;
  readonly action: string;
  readonly sample: Sample;
}

/** The question in one set of circumstances, as the evaluator takes it. */
export interface Asked {
  readonly request: AccessRequest;
  readonly policies: AccessPolicies;
}

const WELCOMES_EVERYBODY = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: [{ Sid: 'WelcomeEverybody', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
  'policy of a foreign resource',
);

/** Puts questions about one environment in the evaluator's terms. */
export function asker(policies: EnvironmentPolicies): (question: Question, choices: readonly Choice[]) => Asked {
  const { account } = policies;
  const foreignAccount = foreignAccountOf(policies);
  const grantingOn = grantingPolicies(policies);
  const together = policiesTogether();
  return (question, choices) => {
    const { caller, action, sample } = question;
    const isForeign = sample.isForeign || choices.some((choice) => choice.isForeign);
    const request: AccessRequest = {
      principal: caller.principal,
      action,
      resource: sample.arn,
      resourceAccount: isForeign ? foreignAccount : account,
      context: contextOf(caller, choices),
    };
    return { request, policies: together(caller, isForeign ? WELCOMES_EVERYBODY : grantingOn(question)) };
  };
}

/** The policy on a resource of the account for the service that asks it, real or taken for it; `undefined` where there is none. */
function grantingPolicies(policies: EnvironmentPolicies): (question: Question) => Policy | undefined {
  const leavesItToIam = policyThatLeavesItToIam(policies);
  const isRoleForeign = foreignRoleAccount(policies) !== undefined;
  const find = (question: Question) =>
    realPolicyOf(question, policies) ?? (isBareOf(question, isRoleForeign) ? undefined : leavesItToIam);
  const known = new Map<Sample, Map<string, Policy | undefined>>();
  return (question) => {
    const { caller, action, sample } = question;
    const ofSample = known.get(sample) ?? new Map<string, Policy | undefined>();
    known.set(sample, ofSample);
    const asking = `${caller.kind === 'role-alone'} ${action.slice(0, action.indexOf(':'))}`;
    if (!ofSample.has(asking)) ofSample.set(asking, find(question));
    return ofSample.get(asking);
  };
}

/** An object for each caller and policy that grants, so that facts about it can be looked up by it. */
function policiesTogether(): (caller: Caller, granting: Policy | undefined) => AccessPolicies {
  const known = new Map<Caller, Map<Policy | undefined, AccessPolicies>>();
  return (caller, granting) => {
    const ofCaller = known.get(caller) ?? new Map<Policy | undefined, AccessPolicies>();
    known.set(caller, ofCaller);
    const { identity, boundary } = caller;
    const resource = granting && { resource: granting, key: granting };
    const policies = ofCaller.get(granting) ?? { identity, ...(boundary && { boundary }), ...resource };
    ofCaller.set(granting, policies);
    return policies;
  };
}

/** The policy that the environment itself puts on the resource, for the service that asks it. */
function realPolicyOf({ caller, action, sample }: Question, policies: EnvironmentPolicies): Policy | undefined {
  if (caller.kind === 'role-alone') return undefined;
  if (isKey(sample.shape) && action.startsWith('kms:')) return findKey(policies, sample.arn)?.policy;
  if (sample.shape === 'the role' && action.startsWith('sts:')) return policies.role.trust;
  const isInBucket = sample.arn === policies.bucket.arn || sample.arn.startsWith(`${policies.bucket.arn}/`);
  return isInBucket && action.startsWith('s3:') ? policies.bucket.policy : undefined;
}

/**
 * Where there is no policy at all, none is made up: only keys and roles always have one. A role of another account is not
 * let in by its own policies alone, so what these would allow shows where somebody lets it in.
 */
function isBareOf({ caller, action, sample }: Question, isRoleForeign: boolean): boolean {
  if (action.startsWith('kms:') || action.startsWith('sts:')) return false;
  const isElsewhere = sample.shape === 'anything else' || sample.shape === 'no resource';
  return !(isRoleForeign && (isElsewhere || caller.kind === 'role-alone'));
}

const contexts = new WeakMap<Caller, Readonly<Record<string, ContextValue>>>();

function contextOf(caller: Caller, choices: readonly Choice[]): Readonly<Record<string, ContextValue>> {
  const ofCaller = callerContext(caller);
  return choices.length === 0 ? ofCaller : Object.assign({}, ofCaller, ...choices.map(({ context }) => context));
}

/** The condition keys that follow from who calls; the same object each time. */
export function callerContext(caller: Caller): Readonly<Record<string, ContextValue>> {
  const context = contexts.get(caller) ?? contextOfPrincipal(caller);
  contexts.set(caller, context);
  return context;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function contextOfPrincipal({ principal }: Caller): Readonly<Record<string, ContextValue>> {
  if (principal.kind === 'anonymous') return { 'aws:PrincipalType': 'Anonymous', 'aws:PrincipalIsAWSService': 'false' };
  if (principal.kind === 'service') return { 'aws:PrincipalIsAWSService': 'true' };
  if (!('account' in principal)) return { 'aws:PrincipalIsAWSService': 'false' };
  return {
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalArn': 'roleArn' in principal ? principal.roleArn : principal.arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': principal.kind === 'user' ? 'User' : 'AssumedRole',
    'kms:CallerAccount': principal.account,
    ...('userId' in principal && { 'aws:userid': principal.userId }),
  };
}

/** The forms that a facet can take for this resource: an owner that the ARN tells is no choice. */
export function choicesFor(facet: Facet, { arn, isForeign, shape }: Sample): readonly Choice[] {
  if (!facet.choices.some((choice) => choice.isForeign)) return facet.choices;
  const isOpen = /^arn:[^:]+:s3:::/.test(arn) && shape !== 'anything else';
  if (isOpen) return facet.choices;
  return facet.choices.filter((choice) => choice.name === 'unknown' || (choice.isForeign ?? false) === isForeign);
}
