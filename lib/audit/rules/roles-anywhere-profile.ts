import { declaredKind } from '../rule-kit/declared-host';
import { failFor } from '../rule-kit/gathered';
import { describeAnswer, doubt, fail, notApplicable, pass, seen } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

const TYPE = 'aws_rolesanywhere_profile';

/** One hour: a session outlives the revocation of its certificate. */
const LONGEST_SECONDS = 3600;

export const rolesAnywhereProfile: Rule = {
  id: 'roles-anywhere-profile',
  title: 'The profile of IAM Roles Anywhere hands out this role alone, for an hour at most',
  rationale:
    'A second role of the profile is a second way for each certificate; a session name that the client chooses hides which certificate it was.',
  reads: `${TYPE}: enabled, role_arns, duration_seconds, managed_policy_arns, session_policy, accept_role_session_name`,
  remedy: 'Write enabled: true, the one role, duration_seconds of 3600 at most, and leave the rest out.',
  controls: { cisV3: ['1.18'], cisV5: ['1.17'], nist80053r5: ['AC-2', 'AC-3', 'AC-6', 'AC-12', 'AU-10', 'IA-5(2)'] },
  check: (subject) => {
    const profiles = subject.ofType(TYPE);
    if (profiles.length > 0) return profiles.map((profile) => check(profile, subject));
    if (declaredKind(subject) !== 'on-premises') return [notApplicable(TYPE, 'no host shows a certificate')];
    return [fail('aws_iam_role', `there is no ${TYPE} for its hosts`)];
  },
};

function check(profile: StackResource, { read, roles }: Subject): Outcome {
  const answers = ARGUMENTS.map((path) => ({ path, answer: read(profile, path) }));
  const evidence = answers.map(({ path, answer }) => seen(profile, path, answer));
  const open = answers.find(({ answer }) => answer.state === 'unknown');
  if (open !== undefined) return doubt(profile.address, `'${open.path}' is not known`, evidence);
  const given = Object.fromEntries(
    answers.map(({ path, answer }) => [path, answer.state === 'known' ? answer.value : undefined]),
  );
  const [role] = roles;
  const roleArn = role?.arn.state === 'known' ? role.arn.value : undefined;
  const problems = [
    ...(String(given.enabled) === 'true' ? [] : [`enabled is ${String(given.enabled ?? '(not set)')}`]),
    ...(JSON.stringify(given.role_arns) === JSON.stringify([roleArn])
      ? []
      : [`it hands out ${describeAnswer(read(profile, 'role_arns'))}, not ${roleArn} alone`]),
    ...(Number(given.duration_seconds ?? LONGEST_SECONDS) <= LONGEST_SECONDS
      ? []
      : [`a session lasts ${given.duration_seconds} seconds`]),
    ...(isEmpty(given.managed_policy_arns) ? [] : ['managed policies narrow its sessions, which nothing here reads']),
    ...(isEmpty(given.session_policy) ? [] : ['a session policy narrows its sessions, which nothing here reads']),
    ...(String(given.accept_role_session_name ?? false) === 'false'
      ? []
      : ['a client may choose the name of its session']),
  ];
  if (problems.length > 0) return failFor(profile.address, problems, { evidence });
  return pass(profile.address, `it hands out ${roleArn} alone`, evidence);
}

const ARGUMENTS = [
  'enabled',
  'role_arns',
  'duration_seconds',
  'managed_policy_arns',
  'session_policy',
  'accept_role_session_name',
] as const;

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
