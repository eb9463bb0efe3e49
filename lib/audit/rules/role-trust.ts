import { evaluate, type Policy } from '../../iam';
import { type Asking, accountOf, administrator, anyone, service, stranger } from '../rule-kit/callers';
import { doubt, fail, listing, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { RoleSubject, Subject } from '../subject/subject';

const ASSUME = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithSAML',
  'sts:TagSession',
  'sts:SetSourceIdentity',
];
/** Hands the role to a certificate, which a trust policy must pin. */
const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

export const roleTrust: Rule = {
  id: 'role-trust',
  title: 'The role trusts the host of Vault, and nobody else',
  rationale: 'Whoever else can assume the role is a second Vault.',
  reads: 'aws_iam_role: assume_role_policy, by evaluation and by the principals that it names',
  remedy: 'Let the trust policy name the service of the host (EC2), and nothing else.',
  controls: { nist80053r5: ['AC-2', 'AC-3', 'AC-6', 'IA-5'] },
  check: (subject) => subject.roles.map((role) => check(role, subject)),
};

function check({ resource, trust }: RoleSubject, subject: Subject): Outcome {
  const { address } = resource;
  if (trust.state !== 'known') return doubt(address, 'the trust policy is not known');
  const host = `ec2.${subject.place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
  const may = (caller: Asking, action = 'sts:AssumeRole') => isAllowed(trust.value, caller, action, subject);
  const named = trust.value.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => [
      ...(principals?.negated || principals?.anyone ? ['everybody'] : []),
      ...Object.entries(principals?.byType ?? {}).flatMap(([type, names]) => names.map((name) => `${type} ${name}`)),
    ]);
  const others = named.filter((name) => name !== `Service ${host}` && name !== `Service ${ROLES_ANYWHERE}`);
  const callers = [administrator(subject), stranger(subject), anyone(), service('lambda.amazonaws.com')];
  const problems = [
    ...others.map((name) => `the trust policy names ${name}`),
    ...callers
      .filter((caller) => ASSUME.some((action) => may(caller, action)))
      .map(({ title }) => `${title} may assume it`),
    ...(may(service(host), 'sts:TagSession') || may(service(host), 'sts:SetSourceIdentity')
      ? ['the host may tag sessions']
      : []),
    ...(may(service(ROLES_ANYWHERE)) ? ['IAM Roles Anywhere may assume it from any trust anchor'] : []),
    ...(may(service(host)) || named.includes(`Service ${ROLES_ANYWHERE}`) ? [] : ['the host may not assume it']),
  ];
  return problems.length > 0 ? fail(address, listing(problems, 4)) : pass(address, 'only the host may assume it');
}

function isAllowed(trust: Policy, { principal, identity, context }: Asking, action: string, subject: Subject): boolean {
  const account = accountOf(subject);
  const resource = `arn:${subject.place.partition ?? 'aws'}:iam::${account}:role/role`;
  return (
    evaluate({ principal, action, resource, resourceAccount: account, context }, { identity, resource: trust })
      .result === 'allowed'
  );
}
