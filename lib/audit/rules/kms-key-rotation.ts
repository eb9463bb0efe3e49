import type { Rule } from '../rule-kit/rule';
import { checkSettings } from '../rule-kit/settings';

export const kmsKeyRotation: Rule = {
  id: 'kms-key-rotation',
  title: 'Every key is rotated',
  rationale: 'Rotation limits how much one key material protects; older material stays, so old backups stay readable.',
  reads: 'aws_kms_key: enable_key_rotation',
  remedy: 'Set enable_key_rotation to true.',
  controls: {
    fsbp: ['KMS.4'],
    cisV3: ['3.6'],
    cisV5: ['3.6'],
    nist80053r5: ['SC-12', 'SC-12(2)', 'SC-28(3)'],
    pciDss401: ['3.7.4'],
  },
  equivalents: { checkov: ['CKV_AWS_7'], prowler: ['kms_cmk_rotation_enabled'] },
  check: (subject) =>
    subject.keys.map(({ resource }) =>
      checkSettings(resource, [{ path: 'enable_key_rotation', oneOf: ['true'], byDefault: 'false' }], subject),
    ),
};
