import { MOST_ATTACHED_POLICIES } from '../../iam';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

/** Why AWS would not attach the policies of a role, in one sentence. */
export function refusedAttachments(role: StackResource, subject: Subject): readonly string[] {
  if (role.type !== 'aws_iam_role') return [];
  const count = attachedTo(role, subject).size;
  if (count <= MOST_ATTACHED_POLICIES) return [];
  return [
    `it has ${count} managed policies, and AWS takes ${MOST_ATTACHED_POLICIES} unless the quota of the account was raised`,
  ];
}

function attachedTo(role: StackResource, subject: Subject): ReadonlySet<string> {
  const { stack, read } = subject;
  const knownValue = (resource: StackResource, argument: string): unknown => {
    const answer = read(resource, argument);
    return answer.state === 'known' ? answer.value : undefined;
  };
  const name = knownValue(role, 'name');
  const ofRole = (type: string, argument: string) =>
    stack.resources.filter((one) => one.type === type && name !== undefined && knownValue(one, argument) === name);
  const lists = [
    knownValue(role, 'managed_policy_arns'),
    ...ofRole('aws_iam_role_policy_attachments_exclusive', 'role_name').map((one) => knownValue(one, 'policy_arns')),
  ];
  return new Set([
    ...ofRole('aws_iam_role_policy_attachment', 'role').map((one) =>
      String(knownValue(one, 'policy_arn') ?? one.address),
    ),
    ...toSeveral(role, name, subject),
    ...lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : [])),
  ]);
}

/** Policies that are attached to several roles at once, this one among them. */
function toSeveral(role: StackResource, name: unknown, { stack, read }: Subject): readonly string[] {
  const asItself: readonly unknown[] = [name, `\${${role.address}.name}`, `\${${role.address}.id}`];
  return stack.resources
    .filter(({ type }) => type === 'aws_iam_policy_attachment')
    .flatMap((one) => {
      const roles = read(one, 'roles');
      const isOfRole = roles.state === 'known' && [roles.value].flat().some((given) => asItself.includes(given));
      const arn = read(one, 'policy_arn');
      return isOfRole ? [arn.state === 'known' ? String(arn.value) : one.address] : [];
    });
}
