import type { Policy, Statement } from '../../iam';
import { becauseOf, namingAny } from '../rule-kit/deciding-statements';
import type { Fact } from '../rule-kit/gathered';
import { grantsOf, isPlainlyGranted } from '../rule-kit/key-grants';
import { judgeKeys } from '../rule-kit/key-questions';
import { listing } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const DELETION = 'kms:ScheduleKeyDeletion';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html */
export const keyDeletionRefused: Rule = {
  id: 'key-deletion-refused',
  title: 'The key policy lets nobody delete the key',
  rationale:
    "Terraform's guards disappear with the block they are in; a key policy holds whatever the configuration says.",
  reads: 'key policy: each statement that allows the deletion to somebody, in whatever circumstances',
  remedy: 'Leave kms:ScheduleKeyDeletion out of the key policy while the key is needed (deletionProtection: true).',
  controls: { fsbp: ['KMS.3'], nist80053r5: ['AC-6', 'SC-12', 'SC-12(2)'] },
  check: (subject) =>
    judgeKeys(subject, 'nobody may schedule the deletion of the key', ({ policy }) =>
      policy.state === 'known' ? factsOf(policy.value) : [],
    ),
};

function factsOf(policy: Policy): readonly Fact[] {
  if (isPlainlyGranted(policy, DELETION)) return [`an administrator may ${DELETION}`];
  const denials = namingAny(policy, [DELETION]).filter(({ effect }) => effect === 'Deny');
  return grantsOf(policy, DELETION).map((grant) => becauseOf([grant, ...denials], describe(grant)));
}

function describe({ id, principals, conditions }: Statement): string {
  const names = Object.values(principals?.byType ?? {}).flat();
  const whom = principals?.negated ? `everybody but ${listing(names)}` : listing(names);
  const keys = conditions.map(({ key }) => key);
  return `'${id}' allows ${DELETION} to ${whom}${keys.length === 0 ? '' : `, on conditions over ${listing(keys)}`}`;
}
