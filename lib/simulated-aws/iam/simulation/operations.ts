import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { Role, User } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { requirePermission } from '../request/access';
import { invalidInput, noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { resourceTagContext } from '../request/tags';
import { describeResult } from './describe-results';
import { readInputPolicies, readSimulation } from './read-simulation';
import { managedPolicy, policiesOf, type SimulatedPolicy } from './simulated-policy';
import { contextKeysOf, type Simulation } from './simulation';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export function simulateCustomPolicy(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  const identity = readInputPolicies(form);
  if (identity.length === 0) {
    throw invalidInput('PolicyInputList must have at least one policy.');
  }
  return answer(form, {
    ...readSimulation(form, call.account.accountId),
    caller: findSimulatedCaller(call.account, form, undefined),
    identity,
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export function simulatePrincipalPolicy(call: Call, form: Form): XmlContent {
  const source = requirePolicySource(call, form);
  const boundary = boundaryOf(call, source);
  return answer(form, {
    ...(boundary === undefined ? {} : { boundary }),
    ...readSimulation(form, call.account.accountId),
    caller: findSimulatedCaller(call.account, form, source),
    identity: [...policiesOf(call.account.iam, source), ...readInputPolicies(form)],
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export function getContextKeysForCustomPolicy(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  return describeContextKeys(readInputPolicies(form));
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
export function getContextKeysForPrincipalPolicy(call: Call, form: Form): XmlContent {
  const source = requirePolicySource(call, form);
  return describeContextKeys([...policiesOf(call.account.iam, source), ...readInputPolicies(form)]);
}

function describeContextKeys(policies: readonly SimulatedPolicy[]): XmlContent {
  return { ContextKeyNames: { member: contextKeysOf(policies.map(({ parsed }) => parsed)) } };
}

function answer(form: Form, simulation: Simulation): XmlContent {
  const { items, end } = readPage(form, simulation.actions);
  return { EvaluationResults: { member: items.map((action) => describeResult(simulation, action)) }, ...end };
}

/** The user or role whose policies are simulated. @throws {AwsError} `AccessDenied`, `InvalidInput`, `NoSuchEntity` */
function requirePolicySource(call: Call, form: Form): User | Role {
  const { users, roles } = call.account.iam;
  const arn = requireText(form, 'PolicySourceArn', PARAMETER_RULES);
  if (!/^arn:[^:]+:iam::\d{12}:(user|group|role)\/.+$/.test(arn)) {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const source = [...users.values(), ...roles.values()].find((entity) => entity.arn === arn);
  requirePermission(call, form, { resource: arn, context: resourceTagContext(source?.tags ?? new Map()) });
  if (source === undefined) {
    throw noSuchEntity(`The entity with ARN ${arn} cannot be found.`);
  }
  return source;
}

/** One whose policy is gone allows nothing. */
function boundaryOf({ account }: Call, source: User | Role): SimulatedPolicy | undefined {
  const arn = 'permissionsBoundaryArn' in source ? source.permissionsBoundaryArn : undefined;
  if (arn === undefined) return undefined;
  const allowsNothing = { name: arn, version: '2012-10-17', statements: [] } as const;
  return managedPolicy(account.iam, arn)[0] ?? { sourceId: arn, type: 'user-managed', text: '', parsed: allowsNothing };
}

/**
 * Whoever is simulated as the caller. A resource policy needs one, and takes users alone.
 *
 * @param source whose policies are simulated; `undefined` for policies of nobody
 * @throws {AwsError} `InvalidInput`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
function findSimulatedCaller(account: AccountState, form: Form, source: User | Role | undefined): Simulation['caller'] {
  const arn = form.get('CallerArn') ?? source?.arn;
  if (arn !== undefined && !new RegExp(`^arn:[^:]+:iam::${account.accountId}:(user|group|role)/.+$`).test(arn)) {
    throw invalidInput(`CallerArn must be the ARN of a user, group or role of the account, got: ${arn}`);
  }
  requireUserForResourcePolicy(form, arn);
  const user = [...account.iam.users.values()].find((candidate) => candidate.arn === arn);
  return { kind: 'user', account: account.accountId, arn: arn ?? '', userId: user?.id ?? '' };
}

function requireUserForResourcePolicy(form: Form, arn: string | undefined): void {
  if (!form.has('ResourcePolicy')) return;
  if (arn === undefined) {
    throw invalidInput('CallerArn is required when a ResourcePolicy is specified.');
  }
  if (!/:user\//.test(arn)) {
    throw invalidInput(`Simulation of resource-based policies is not supported for IAM roles, got the caller: ${arn}`);
  }
}
