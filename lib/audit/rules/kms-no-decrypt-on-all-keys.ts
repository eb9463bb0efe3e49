import { auditedAccount } from '../rule-kit/callers';
import { factAbout } from '../rule-kit/gathered';
import { isInline, judgeIdentityPolicies } from '../rule-kit/identity-policies';
import { allowsOn } from '../rule-kit/identity-questions';
import type { Rule } from '../rule-kit/rule';
import type { PolicyReading, Subject } from '../subject/subject';

/** Actions that decrypt data under a key; the control ignores conditions, and so does this. */
const ACTIONS = ['kms:Decrypt', 'kms:ReEncryptFrom'];

const DATA = {
  rationale:
    'A role that can decrypt under every key reads whatever else the account keeps, once it gets at the bytes.',
  remedy: 'Name the ARN of the one key.',
};

export const kmsNoDecryptOnAllKeys: Rule = {
  ...DATA,
  id: 'kms-no-decrypt-on-all-keys',
  title: 'No managed policy lets its holder decrypt under every key',
  reads: 'aws_iam_policy: policy, by evaluation for another key of the account, whatever its conditions',
  controls: {
    fsbp: ['KMS.1'],
    nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(3)'],
    pciDss401: ['3.5.1.1', '3.6.1.2', '3.6.1.3', '3.6.1.4'],
  },
  check: (subject) => check(subject, (reading) => !isInline(reading)),
};

export const kmsNoInlineDecryptOnAllKeys: Rule = {
  ...DATA,
  id: 'kms-no-inline-decrypt-on-all-keys',
  title: 'No inline policy lets its holder decrypt under every key',
  reads: 'aws_iam_role_policy: policy, by evaluation for another key of the account, whatever its conditions',
  controls: {
    fsbp: ['KMS.2'],
    nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(3)'],
    pciDss401: ['3.5.1.1', '3.6.1.2', '3.6.1.3', '3.6.1.4'],
  },
  check: (subject) => check(subject, isInline),
};

function check(subject: Subject, concerns: (reading: PolicyReading) => boolean) {
  const { partition = 'aws', region = 'us-east-1' } = subject.place;
  const otherKey = `arn:${partition}:kms:${region}:${auditedAccount(subject)}:key/99999999-9999-4999-8999-999999999999`;
  return judgeIdentityPolicies(
    subject,
    'no other key of the account can be decrypted under',
    (statement, policy) => {
      const alone = [{ ...policy, statements: [statement] }];
      const open = ACTIONS.filter((action) => allowsOn(alone, action, otherKey));
      return open.length === 0 ? [] : [factAbout(open, (actions) => `allows ${actions} under every key`)];
    },
    concerns,
  );
}
