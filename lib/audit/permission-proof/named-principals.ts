import { accountOf, nameOf } from '../../arn';
import type { Principal } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { commonText } from './common-text';
import { foreignAccountOf } from './foreign';
import { allConditions, allStatements, arnsOf } from './witnesses';

/** Somebody of an account, or a service or provider, and the name that a policy gives it. */
export interface NamedPrincipal {
  readonly title: string;
  readonly principal: Principal;
}

type OfAccount = Extract<Principal, { kind: 'role-session' | 'user' }>;

/** Whoever the principals and the conditions of a policy name, or let in by a wildcard; of an account, an administrator. */
export function namedPrincipals(policies: EnvironmentPolicies): readonly NamedPrincipal[] {
  const elements = allStatements(policies).flatMap(({ principals }) => Object.entries(principals?.byType ?? {}));
  return [
    ...valuesOf(['aws:principalarn'], policies)
      .flatMap((value) => entitiesThatFit(value, policies))
      .map((arn) => ({ title: arn, principal: entityOf(arn) })),
    ...valuesOf(['aws:principalaccount', 'kms:calleraccount'], policies)
      .flatMap((value) => commonText(withoutVariables(value), '????????????') ?? [])
      .map((account) => administratorOf(account.replaceAll(/\D/g, '9'), policies)),
    ...elements.flatMap(([type, names]) => names.flatMap((name) => named(type, name, policies))),
  ];
}

function valuesOf(keys: readonly string[], policies: EnvironmentPolicies): readonly string[] {
  return allConditions(policies)
    .filter(({ key, operator }) => keys.includes(key.toLowerCase()) && !operator.endsWith('Null'))
    .flatMap(({ values }) => values);
}

const ENTITY = /^arn:[^:]+:(?:iam::(?:\d{12}|cloudfront):(?:role|user)\/.+|sts::\d{12}:federated-user\/.+)$/;

/** Roles, users and federated users that fit a pattern, however much of the ARN its wildcards stand for. */
function entitiesThatFit(value: string, policies: EnvironmentPolicies): readonly string[] {
  const pattern = withoutVariables(value);
  const { partition, account } = policies;
  const accounts = [account, foreignAccountOf(policies), ...(value.match(/\d{12}/g) ?? [])];
  const forms = accounts.flatMap((id) =>
    [`iam::${id}:role/?*`, `iam::${id}:user/?*`, `sts::${id}:federated-user/?*`].map(
      (form) => `arn:${partition}:${form}`,
    ),
  );
  return [...arnsOf(value, policies), ...forms.flatMap((form) => commonText(pattern, form) ?? [])].filter((arn) =>
    ENTITY.test(arn),
  );
}

/** A policy variable may have any value. */
function withoutVariables(value: string): string {
  return value.replaceAll(/\$\{[^}]*\}/g, '*');
}

function named(type: string, name: string, policies: EnvironmentPolicies): readonly NamedPrincipal[] {
  if (type === 'Service') return [{ title: name, principal: { kind: 'service', service: name } }];
  if (type === 'Federated') return [{ title: name, principal: { kind: 'federated', provider: name } }];
  const { partition, account: own } = policies;
  if (/^A(?:ROA|IDA)/.test(name)) return [{ title: name, principal: byUniqueId(name, `arn:${partition}:iam::${own}`) }];
  if (ENTITY.test(name)) return [{ title: name, principal: entityOf(name) }];
  const account = /\d{12}/.exec(name)?.[0];
  if (account === undefined) return [];
  const session = /^arn:([^:]+):sts::\d{12}:assumed-role\/([^/]+)\/(.+)$/.exec(name);
  if (session !== null) {
    const [, inPartition = '', role = '', sessionName = ''] = session;
    return [{ title: name, principal: sessionOf(`arn:${inPartition}:iam::${account}:role/${role}`, sessionName) }];
  }
  return [administratorOf(account, policies)];
}

function administratorOf(account: string, { partition }: EnvironmentPolicies): NamedPrincipal {
  const arn = `arn:${partition}:iam::${account}:role/administrator`;
  return { title: arn, principal: sessionOf(arn) };
}

/** AWS puts the id in the place of an ARN whose role or user is gone. */
function byUniqueId(id: string, prefix: string): OfAccount {
  if (id.startsWith('AIDA')) return userOf(`${prefix}:user/named-by-id`, id);
  return { ...sessionOf(`${prefix}:role/named-by-id`), userId: `${id}:proof` };
}

function entityOf(arn: string): OfAccount {
  return arn.includes(':role/') ? sessionOf(arn) : userOf(arn);
}

/** A federated user is told from a user by its ARN alone. */
export function userOf(arn: string, userId = 'AIDAPERMISSIONPROOF00'): Extract<Principal, { kind: 'user' }> {
  return { kind: 'user', account: accountOf(arn), arn, userId };
}

/** A session of the role. */
export function sessionOf(roleArn: string, session = 'proof'): Extract<Principal, { kind: 'role-session' }> {
  const [, partition = '', , , account = ''] = roleArn.split(':');
  const name = nameOf(roleArn);
  return {
    kind: 'role-session',
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`,
    roleArn,
    userId: `AROAPERMISSIONPROOF00:${session}`,
  };
}
