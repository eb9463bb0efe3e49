import { administrator } from '../rule-kit/callers';
import { judgeKeys, openTo } from '../rule-kit/key-questions';
import type { Rule } from '../rule-kit/rule';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html */
export const keyDeletionRefused: Rule = {
  id: 'key-deletion-refused',
  title: 'The key policy lets nobody delete the key',
  rationale:
    "Terraform's guards disappear with the block they are in; a key policy holds whatever the configuration says.",
  reads: 'key policy, by evaluation for an administrator',
  remedy: 'Leave kms:ScheduleKeyDeletion out of the key policy while the key is needed (deletionProtection: true).',
  controls: { fsbp: ['KMS.3'], nist80053r5: ['AC-6', 'SC-12', 'SC-12(2)'] },
  check: (subject) =>
    judgeKeys(subject, 'no administrator may schedule the deletion of the key', (key) =>
      openTo(key, administrator(subject), ['kms:ScheduleKeyDeletion'], subject).map(
        (action) => `an administrator may ${action}`,
      ),
    ),
};
