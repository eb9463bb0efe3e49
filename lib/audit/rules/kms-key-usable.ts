import type { Rule } from '../rule-kit/rule';
import { checkSettings } from '../rule-kit/settings';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
export const kmsKeyUsable: Rule = {
  id: 'kms-key-usable',
  title: 'Every key is one that S3 can use',
  rationale: 'S3 takes symmetric keys that are enabled; with any other the first backup fails.',
  reads: 'aws_kms_key: is_enabled, customer_master_key_spec, key_usage, bypass_policy_lockout_safety_check',
  remedy: 'Leave these arguments out: their defaults are right.',
  controls: { nist80053r5: ['SC-12', 'SC-13'] },
  equivalents: {
    checkov: ['CKV_AWS_227'],
    prowler: ['kms_cmk_not_deleted_unintentionally'],
    beyond: 'scanners read the state of the key; the rule also wants a usage and a spec that S3 can use',
  },
  check: (subject) =>
    subject.keys.map(({ resource }) =>
      checkSettings(
        resource,
        [
          { path: 'is_enabled', oneOf: ['true'], byDefault: 'true' },
          { path: 'customer_master_key_spec', oneOf: ['SYMMETRIC_DEFAULT'], byDefault: 'SYMMETRIC_DEFAULT' },
          { path: 'key_usage', oneOf: ['ENCRYPT_DECRYPT'], byDefault: 'ENCRYPT_DECRYPT' },
          { path: 'bypass_policy_lockout_safety_check', oneOf: ['false'], byDefault: 'false' },
        ],
        subject,
      ),
    ),
};
