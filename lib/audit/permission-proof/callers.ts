import { type Policy, type Principal, parsePolicy } from '../../iam';
import { type EnvironmentPolicies, foreignRoleAccount, isOwnSideUnknown } from '../policies/environment-policies';
import { foreignAccountOf } from './foreign';
import { hostServiceOf } from './host-service';
import { type NamedPrincipal, namedPrincipals, sessionOf, userOf } from './named-principals';

/**
 * Whose access is looked at.
 *
 * - `role`: the role under all policies; the only one that is asked about every action
 * - `role-alone`: under its own policies, as if bucket and key let everybody in
 * - `role-unlimited`: under the policies of bucket and key, as if its own allowed everything
 * - `role-without-policies`: what bucket and key give it by themselves
 * - `administrator`: others of the account whose own policies allow everything
 * - `without-policies`: others of the account who have none, so that what bucket and key give them shows
 * - `host`: the service that hands the role to the host
 * - `outsider`: everyone else
 */
export type CallerKind =
  | 'role'
  | 'role-alone'
  | 'role-unlimited'
  | 'role-without-policies'
  | 'administrator'
  | 'without-policies'
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
  const named = namedPrincipals(policies);
  const isOwn = (one: NamedPrincipal) => isOf(role.arn, one);
  const isKnown = !isOwnSideUnknown(policies);
  const ofRole = { principal, identity: role.identity, ...boundary };
  return [
    ...(isKnown ? [{ kind: 'role' as const, title: 'the role', ...ofRole }] : []),
    ...(isKnown ? [{ kind: 'role-alone' as const, title: "the role's own policies", ...ofRole }] : []),
    {
      kind: 'role-unlimited',
      title: 'the role, were its own policies to allow everything',
      principal,
      identity: [EVERYTHING],
    },
    { kind: 'role-without-policies', title: 'the role without policies of its own', principal, identity: [] },
    ...sessionsApart(named.filter(isOwn), principal.arn).map((session) => ({
      ...ofRole,
      kind: isKnown ? ('role' as const) : ('role-unlimited' as const),
      title: `the role, in the session ${session.arn}`,
      principal: session,
      ...(!isKnown && { identity: [EVERYTHING] }),
    })),
    ...uniqueByPrincipal([...named.filter((one) => !isOwn(one)), ...others(policies)]).flatMap((one) =>
      inEachLight(one, policies),
    ),
  ];
}

function others(policies: EnvironmentPolicies): readonly NamedPrincipal[] {
  const { role, account, partition } = policies;
  const foreign = foreignRoleAccount(policies);
  const administratorOf = (id: string) => sessionOf(`arn:${partition}:iam::${id}:role/administrator`);
  const ofAnother = role.arn.replace(foreign ?? account, foreignAccountOf(policies));
  return [
    { title: 'an administrator of the account', principal: administratorOf(account) },
    ...(foreign === undefined
      ? []
      : [{ title: "an administrator of the role's account", principal: administratorOf(foreign) }]),
    {
      title: 'an administrator who is an IAM user',
      principal: userOf(`arn:${partition}:iam::${account}:user/administrator`),
    },
    { title: 'a role of nearly the same name', principal: sessionOf(`${role.arn}-copy`) },
    { title: 'an administrator of another account', principal: sessionOf(ofAnother) },
    ...[hostServiceOf(policies)?.principal ?? [], 'lambda.amazonaws.com'].flat().map((service) => ({
      title: service,
      principal: { kind: 'service', service } as const,
    })),
    { title: 'anyone', principal: { kind: 'anonymous' } },
  ];
}

/** Callers of the account: one whose policies allow everything, which shows what bucket and key refuse, and one with none. */
function inEachLight({ title, principal }: NamedPrincipal, policies: EnvironmentPolicies): readonly Caller[] {
  if (!('account' in principal)) return [withoutAccount(title, principal, policies)];
  if (principal.account !== policies.account) return [{ kind: 'outsider', title, principal, identity: [EVERYTHING] }];
  return [
    { kind: 'administrator', title, principal, identity: [EVERYTHING] },
    { kind: 'without-policies', title: `${title}, without policies of its own`, principal, identity: [] },
  ];
}

function withoutAccount(title: string, principal: Principal, policies: EnvironmentPolicies): Caller {
  const host = hostServiceOf(policies);
  if (principal.kind === 'service' && principal.service === host?.principal) {
    return { kind: 'host', title: host.title, principal, identity: [] };
  }
  return { kind: 'outsider', title, principal, identity: [] };
}

/** Sessions of the role that a policy names apart, by their own ARN or by their id. */
function sessionsApart(named: readonly NamedPrincipal[], ordinary: string): readonly RoleSession[] {
  const sessions = named.flatMap(({ principal }) => (principal.kind === 'role-session' ? [principal] : []));
  return [...new Map(sessions.map((one) => [one.arn, one])).values()].filter(({ arn }) => arn !== ordinary);
}

type RoleSession = Extract<Principal, { kind: 'role-session' }>;

function isOf(roleArn: string, { principal }: NamedPrincipal): boolean {
  return 'roleArn' in principal && principal.roleArn === roleArn;
}

function uniqueByPrincipal(principals: readonly NamedPrincipal[]): readonly NamedPrincipal[] {
  return [...new Map(principals.map((one) => [JSON.stringify(one.principal), one])).values()];
}
