import { checkDeletionGuard } from '../rule-kit/deletion-guard';
import type { Rule } from '../rule-kit/rule';

export const kmsDeletionWindow: Rule = {
  id: 'kms-deletion-window',
  title: 'The key is guarded against deletion, with 30 days to notice one',
  rationale: 'Deleting the key makes every backup encrypted with it unreadable.',
  reads: 'aws_kms_key: deletion_window_in_days, lifecycle.prevent_destroy',
  remedy: 'Set deletion_window_in_days to 30 and deletionProtection (lifecycle.prevent_destroy) to true.',
  controls: {
    fsbp: ['KMS.3'],
    nist80053r5: ['SC-12', 'SC-12(2)'],
    pciDss401: ['3.5.1.1', '3.6.1.2', '3.6.1.3', '3.6.1.4'],
  },
  check: (subject) =>
    subject.keys.map(({ resource }) =>
      checkDeletionGuard(resource, [{ path: 'deletion_window_in_days', oneOf: ['30'], byDefault: '30' }], subject),
    ),
};
