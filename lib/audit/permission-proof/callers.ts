import { type Policy, type Principal, parsePolicy } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { ec2Service, foreignAccountOf } from './foreign';
import { allConditions, allStatements, arnsOf } from './witnesses';

/**
 * Whose access is looked at.
 *
 * - `role`: the role under all policies; the only one that is asked about every action
 * - `role-alone`: under its own policies, as if bucket and key let everybody in
 * - `role-unlimited`: under the policies of bucket and key, as if its own allowed everything
 * - `role-without-policies`: what bucket and key give it by themselves
 * - `administrator`: others of the account whose own policies allow everything
 * - `host`: the service that hands the role to the host
 * - `outsider`: everyone else
 */
export type CallerKind =
  | 'role'
  | 'role-alone'
  | 'role-unlimited'
  | 'role-without-policies'
  | 'administrator'
  | 'host'
  | 'outsider';

export interface Caller {
  readonly kind: CallerKind;
  readonly title: string;
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
}

const EVERYTHING = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }] },
  'policies of the caller',
);

/** Everyone to ask for: the role in four lights, others by rule, and whoever else a policy names. */
export function callersOf(policies: EnvironmentPolicies): readonly Caller[] {
  const { role } = policies;
  const principal = sessionOf(role.arn);
  const boundary = role.boundary && { boundary: role.boundary };
  return [
    { kind: 'role', title: 'the role', principal, identity: role.identity, ...boundary },
    { kind: 'role-alone', title: "the role's own policies", principal, identity: role.identity, ...boundary },
    {
      kind: 'role-unlimited',
      title: 'the role, were its own policies to allow everything',
      principal,
      identity: [EVERYTHING],
    },
    { kind: 'role-without-policies', title: 'the role without policies of its own', principal, identity: [] },
    ...uniqueByPrincipal([...namedCallers(policies), ...others(policies)]),
  ];
}

function others(policies: EnvironmentPolicies): readonly Caller[] {
  const { role, account } = policies;
  return [
    roleCaller('an administrator of the account', `${prefixOf(role.arn)}/administrator`, policies),
    userCaller('an administrator who is an IAM user', policies),
    roleCaller('a role of nearly the same name', `${role.arn}-copy`, policies),
    roleCaller('an administrator of another account', role.arn.replace(account, foreignAccountOf(policies)), policies),
    { kind: 'host', title: 'EC2', principal: { kind: 'service', service: ec2Service(policies) }, identity: [] },
    serviceCaller('lambda.amazonaws.com', policies),
    { kind: 'outsider', title: 'anyone', principal: { kind: 'anonymous' }, identity: [] },
  ];
}

/** Whoever the principals and the conditions of a policy name, or let in by a wildcard. */
function namedCallers(policies: EnvironmentPolicies): readonly Caller[] {
  const byType = allStatements(policies).flatMap(({ principals }) => Object.entries(principals?.byType ?? {}));
  const named = byType.flatMap(([type, names]) => names.map((name) => ({ type, name })));
  const arns = allConditions(policies)
    .filter(({ key }) => key.toLowerCase() === 'aws:principalarn')
    .flatMap(({ values }) => values.flatMap((value) => arnsOf(value, policies)))
    .filter((arn) => /^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn));
  return [
    ...arns.map((arn) => roleCaller(arn, arn, policies)),
    ...named.flatMap(({ type, name }) => namedCaller(type, name, policies)),
  ].filter(({ principal }) => !('roleArn' in principal) || principal.roleArn !== policies.role.arn);
}

function namedCaller(type: string, name: string, policies: EnvironmentPolicies): readonly Caller[] {
  if (type === 'Service') return [serviceCaller(name, policies)];
  if (type === 'Federated') {
    return [{ kind: 'outsider', title: name, principal: { kind: 'federated', provider: name }, identity: [] }];
  }
  const account = /\d{12}/.exec(name)?.[0];
  if (account === undefined) return [];
  const arn = /:role\//.test(name) ? name : `arn:${policies.partition}:iam::${account}:role/administrator`;
  return [roleCaller(arn, arn, policies)];
}

function roleCaller(title: string, roleArn: string, { account }: EnvironmentPolicies): Caller {
  const principal = sessionOf(roleArn);
  return {
    kind: principal.account === account ? 'administrator' : 'outsider',
    title,
    principal,
    identity: [EVERYTHING],
  };
}

function userCaller(title: string, { partition, account }: EnvironmentPolicies): Caller {
  const arn = `arn:${partition}:iam::${account}:user/administrator`;
  const principal = { kind: 'user', account, arn, userId: 'AIDAPERMISSIONPROOF00' } as const;
  return { kind: 'administrator', title, principal, identity: [EVERYTHING] };
}

function serviceCaller(service: string, policies: EnvironmentPolicies): Caller {
  const isHost = service === ec2Service(policies);
  return {
    kind: isHost ? 'host' : 'outsider',
    title: isHost ? 'EC2' : service,
    principal: { kind: 'service', service },
    identity: [],
  };
}

function prefixOf(roleArn: string): string {
  return roleArn.slice(0, roleArn.indexOf('/'));
}

/** A session of the role. */
function sessionOf(roleArn: string): Extract<Principal, { kind: 'role-session' }> {
  const [, partition = '', , , account = ''] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    kind: 'role-session',
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/proof`,
    roleArn,
    userId: 'AROAPERMISSIONPROOF00:proof',
  };
}

function uniqueByPrincipal(callers: readonly Caller[]): readonly Caller[] {
  return [...new Map(callers.map((caller) => [JSON.stringify(caller.principal), caller])).values()];
}
