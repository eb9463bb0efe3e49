import { boundDoubt } from '../rule-kit/gathered';
import { doubt, fail, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import type { StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import type { Subject } from '../subject/subject';

export const roleTagged: Rule = {
  id: 'role-tagged',
  title: 'The role is tagged',
  rationale: 'A tag tells whoever cleans up whose role it is.',
  reads: 'aws_iam_role: tags; provider: default_tags',
  remedy: "Set 'tags' in the environment file, or default_tags of the provider.",
  controls: { fsbp: ['IAM.24'] },
  check: (subject) =>
    subject.roles.map(({ resource, exists }) => {
      if (exists) return notApplicable(resource.address, 'the role exists already, and the stack leaves it as it is');
      const names = [
        ...tagsOf(resource.arguments.tags),
        ...tagsOf(resource.arguments.tags_all),
        ...defaultTags(subject),
      ];
      if (names.length > 0) return pass(resource.address, `tags: ${[...new Set(names)].join(', ')}`);
      if (isOpen(resource, subject)) return boundDoubt(doubt(resource.address, 'its tags are not known'));
      return fail(resource.address, 'it has no tags');
    }),
};

function tagsOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !(value instanceof UnknownValue) ? Object.keys(value) : [];
}

function defaultTags({ stack }: Subject): readonly string[] {
  const blocks = blocksOf(stack.provider.default_tags);
  return blocks.state === 'known' ? blocks.value.flatMap(({ tags }) => tagsOf(tags)) : [];
}

/** A plan leaves `tags_all` open; without tags of the provider it is what `tags` says. */
function isOpen({ arguments: given }: StackResource, { stack }: Subject): boolean {
  if (given.tags instanceof UnknownValue) return true;
  return given.tags_all instanceof UnknownValue && stack.provider.default_tags !== undefined;
}
