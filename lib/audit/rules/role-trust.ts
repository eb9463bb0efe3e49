import { evaluate, type Policy } from '../../iam';
import { type Asking, administrator, anyone, auditedAccount, service, stranger } from '../rule-kit/callers';
import { askingOf, type CertificateHost, NAME, ROLES_ANYWHERE } from '../rule-kit/certificate-host';
import { certificateHosts } from '../rule-kit/certificate-hosts';
import { failFor } from '../rule-kit/gathered';
import { doubtOver, inherited, listing, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { RoleSubject, Subject } from '../subject/subject';

const ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];
const MAKE_SESSIONS = [...ASSUME, 'sts:TagSession', 'sts:SetSourceIdentity'];
/** The actions of IAM Roles Anywhere on the role when it makes a session; it needs all three. */
const SESSION_ACTIONS = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
const INSTANCE_ACTIONS = ['sts:AssumeRole'];

export const roleTrust: Rule = {
  id: 'role-trust',
  title: "The role trusts Vault's host and nothing else",
  rationale: 'Anyone else who can assume the role is a second Vault.',
  reads: 'aws_iam_role: assume_role_policy, by evaluation, and the principals that it names',
  remedy:
    'Let the trust policy name EC2, or IAM Roles Anywhere held to one trust anchor (aws:SourceArn) and to the names of certificates (aws:PrincipalTag/x509Subject/CN), and nothing else.',
  controls: { nist80053r5: ['AC-2', 'AC-3', 'AC-6', 'IA-5', 'IA-5(2)'] },
  equivalents: {
    checkov: ['CKV_AWS_60', 'CKV_AWS_61'],
    prowler: ['iam_no_custom_policy_permissive_role_assumption'],
    beyond:
      'scanners look for wildcards; the rule wants exactly the host of the environment, asked from each wrong place',
  },
  check: (subject) => subject.roles.map((role) => check(role, subject)),
};

/** Whether the caller may do this to the role. */
type May = (caller: Asking, action?: string) => boolean;

function check({ resource, exists, trust }: RoleSubject, subject: Subject): Outcome {
  const { address } = resource;
  if (exists) return inherited(address, 'the role exists already: whoever owns it answers for who may assume it');
  if (trust.state !== 'known') return doubtOver(trust, address, 'the trust policy is not known');
  const ec2 = `ec2.${subject.place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
  const may: May = (caller, action = 'sts:AssumeRole') => isAllowed(trust.value, caller, action, subject);
  const named = namedIn(trust.value);
  const hosts = hostServices(subject, ec2);
  const isNamed = (name: string) => named.includes(`Service ${name}`);
  const others = named.filter((name) => !hosts.some((host) => name === `Service ${host}`));
  const callers = [administrator(subject), stranger(subject), anyone(), service('lambda.amazonaws.com')];
  const showCertificates = hosts.every((name) => name === ROLES_ANYWHERE) || isNamed(ROLES_ANYWHERE);
  const problems = [
    ...others.map((name) => `the trust policy names ${name}`),
    ...(hosts.length > 1 && hosts.every(isNamed) ? ['two kinds of hosts may assume it'] : []),
    ...callers
      .filter((caller) => MAKE_SESSIONS.some((action) => may(caller, action)))
      .map(({ title }) => `${title} may assume it`),
    ...(showCertificates
      ? certificateProblems(trust.value, may, subject)
      : instanceProblems(service(ec2), may, subject)),
  ];
  return problems.length > 0
    ? failFor(address, problems, { detail: listing(problems, 4) })
    : pass(address, 'only the host may assume it');
}

/**
 * The service that hands the role to the host: the one that the stack sets up, else that of the declared kind; either of
 * them where nothing is declared.
 */
function hostServices({ declaration, stack, ofType }: Subject, ec2: string): readonly string[] {
  const given = [
    ...(ofType('aws_iam_instance_profile').length > 0 ? [ec2] : []),
    ...(ofType('aws_rolesanywhere_profile').length > 0 ? [ROLES_ANYWHERE] : []),
  ];
  if (given.length === 1) return given;
  const isDeclared = stack.outputs.some(({ name }) => name === 'backup_environment');
  if (declaration.state !== 'known' || !isDeclared) return [ec2, ROLES_ANYWHERE];
  const byKind: Readonly<Record<typeof declaration.value.host.kind, readonly string[]>> = {
    ec2: [ec2],
    'on-premises': [ROLES_ANYWHERE],
    // One that the stack makes all the same is for an instance, if for anybody.
    'existing-role': [ec2],
  };
  return byKind[declaration.value.host.kind];
}

function instanceProblems(ec2: Asking, may: May, subject: Subject): readonly string[] {
  return [...surplusOf([ec2], INSTANCE_ACTIONS, may, subject), ...(may(ec2) ? [] : ['the host may not assume it'])];
}

/** Everything that a trust policy can allow besides these actions. */
function surplusOf(
  hosts: readonly Asking[],
  needed: readonly string[],
  may: May,
  { catalogue }: Subject,
): readonly string[] {
  const all = catalogue.actionsOf('sts').map(({ name }) => name);
  return [...new Set([...MAKE_SESSIONS, ...all])]
    .filter((action) => !needed.includes(action) && hosts.some((host) => may(host, action)))
    .map((action) => `the host may ${action}`);
}

/** The principals of every statement that allows something. */
function namedIn({ statements }: Policy): readonly string[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => [
      ...(principals?.negated || principals?.anyone ? ['everybody'] : []),
      ...Object.entries(principals?.byType ?? {}).flatMap(([type, names]) => names.map((name) => `${type} ${name}`)),
    ]);
}

/** Problems of trust in IAM Roles Anywhere: wrong hosts that get in, and the right one kept out. */
function certificateProblems(trust: Policy, may: May, subject: Subject): readonly string[] {
  const { right, wrong } = certificateHosts(trust, subject);
  const letIn = wrong.flatMap(({ host, title }) => {
    const allowed = MAKE_SESSIONS.find((action) => may(askingOf(host), action));
    if (allowed === undefined) return [];
    return [`a host with ${title} may ${ASSUME.includes(allowed) ? 'assume it' : allowed}`];
  });
  const keptOut = right.filter((host) => !may(askingOf(host)));
  const admitted = right.filter((host) => !keptOut.includes(host)).map(askingOf);
  const missing = SESSION_ACTIONS.filter((action) => !admitted.every((asking) => may(asking, action)));
  return [
    ...new Set(letIn),
    ...(keptOut.length === right.length ? ['the host may not assume it'] : keptOut.map(nameKeptOut)),
    ...missing.map((action) => `the host may not ${action}, which IAM Roles Anywhere needs`),
    ...surplusOf(admitted, SESSION_ACTIONS, may, subject),
  ];
}

function nameKeptOut(host: CertificateHost): string {
  return `the host ${host[NAME]} may not assume it`;
}

function isAllowed(trust: Policy, asking: Asking, action: string, subject: Subject): boolean {
  const { principal, identity } = asking;
  const account = auditedAccount(subject);
  const resource = `arn:${subject.place.partition ?? 'aws'}:iam::${account}:role/role`;
  const context = toldWith(action, asking, subject);
  return (
    evaluate({ principal, action, resource, resourceAccount: account, context }, { identity, resource: trust })
      .result === 'allowed'
  );
}

/** The context of a request, which tells those keys of STS alone that AWS lists for its action. */
function toldWith(action: string, { context }: Asking, { catalogue }: Subject): Asking['context'] {
  const listed = catalogue.tryFind(action)?.conditionKeys;
  if (listed === undefined) return context;
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith('sts:') || listed.includes(key)));
}
