import { factAbout, failFor } from '../rule-kit/gathered';
import { doubt, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import type { Subject } from '../subject/subject';

const INLINE = 'aws_iam_role_policies_exclusive';
const ATTACHED = 'aws_iam_role_policy_attachments_exclusive';

/** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role_policies_exclusive */
export const roleHoldsNothingElse: Rule = {
  id: 'role-holds-nothing-else',
  title: 'A role keeps no policy that the stack does not give it',
  rationale: 'A policy that was there before gives the role more than the stack says, and no rule here sees it.',
  reads: `import; ${INLINE}: policy_names; ${ATTACHED}: policy_arns; plan: what the role has before it`,
  remedy:
    'Detach the policy, or have the stack attach it; for a role that is taken over, name role under adopt in the environment file.',
  controls: { fsbp: ['KMS.2'], nist80053r5: ['AC-2', 'AC-3', 'AC-6'] },
  check: (subject) => subject.roles.filter(({ exists }) => !exists).map(({ resource }) => judge(resource, subject)),
};

function judge(role: StackResource, subject: Subject): Outcome {
  const { stack, ofType } = subject;
  const isTakenOver = stack.imports.some(({ address }) => address === role.address);
  const [inline, attached] = [ofType(INLINE), ofType(ATTACHED)];
  const named = inline.flatMap((one) => listOf(one, 'policy_names'));
  const arns = attached.flatMap((one) => listOf(one, 'policy_arns'));
  const own = ofType('aws_iam_role_policy_attachment').flatMap((one) => listOf(one, 'policy_arn'));
  if ([...named, ...arns].includes(UNKNOWN)) return doubt(role.address, 'which policies it may keep is not known');
  const foreign = [...named, ...arns.filter((arn) => !own.includes(arn))];
  if (foreign.length > 0)
    return failFor(role.address, [
      factAbout(foreign, (names) => `it may keep ${names}, of which nothing is read here`),
    ]);
  const held = inline.length + attached.length === 0 ? heldBesides(role, subject) : [];
  if (held.length > 0)
    return failFor(role.address, [
      factAbout(held, (names) => `AWS has ${names} on it, which the stack does not give it`),
    ]);
  if (!isTakenOver && inline.length + attached.length === 0)
    return notApplicable(role.address, 'the stack makes the role, which has no earlier policies');
  const missing = [...(inline.length > 0 ? [] : [INLINE]), ...(attached.length > 0 ? [] : [ATTACHED])];
  if (missing.length > 0)
    return failFor(role.address, [`policies that it had before may stay: there is no ${missing.join(' and no ')}`]);
  return pass(role.address, 'every policy but those that the stack attaches is taken from it');
}

/** Policies that a plan found on the role, that nothing of the stack puts there, and that the plan leaves there. */
function heldBesides(role: StackResource, { stack, read, ofType }: Subject): readonly string[] {
  const { before = {} } = stack.changes.find(({ address }) => address === role.address) ?? {};
  const taken = takenFrom(before.name, stack);
  const given = (type: string, argument: string) =>
    ofType(type).flatMap((one) => {
      const answer = read(one, argument);
      return answer.state === 'known' ? [String(answer.value)] : [];
    });
  const [attached, inline] = [
    given('aws_iam_role_policy_attachment', 'policy_arn'),
    given('aws_iam_role_policy', 'name'),
  ];
  const [arns, blocks] = [before.managed_policy_arns, before.inline_policy].map((list) =>
    Array.isArray(list) ? list : [],
  );
  return [
    ...(arns ?? []).map(String).filter((arn) => ![...attached, ...taken('policy_arn')].includes(arn)),
    ...(blocks ?? []).map(({ name }) => String(name)).filter((name) => ![...inline, ...taken('name')].includes(name)),
  ];
}

const TAKEN = { policy_arn: 'aws_iam_role_policy_attachment', name: 'aws_iam_role_policy' } as const;

/** What the plan takes from the role of that name; a resource that it only forgets stays. */
function takenFrom(role: unknown, { changes }: Subject['stack']) {
  return (argument: keyof typeof TAKEN): readonly string[] =>
    changes
      .filter(
        ({ type, actions, before }) => type === TAKEN[argument] && actions.includes('delete') && before?.role === role,
      )
      .map(({ before }) => String(before?.[argument]));
}

const UNKNOWN = '(unknown)';

/** The texts as they are written, so that a reference equals the same reference. */
function listOf({ written, arguments: given }: StackResource, argument: string): readonly string[] {
  const value = written?.[argument] ?? given[argument] ?? [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((one) => (one instanceof UnknownValue ? UNKNOWN : String(one)));
}
