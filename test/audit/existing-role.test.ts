import { audit } from '../../lib/audit/audit';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack } from '../support/synthesize';
import { findingsBy } from './one-rule';

const STACK = exampleStack(EXAMPLES, 'existing-role').text;

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

// biome-ignore lint/suspicious/noExplicitAny: any part of a synthesized stack
type Stack = any;

function findings() {
  const tool = { name: 'test', version: '0' };
  const stack = parseInput(STACK, 'cdk.tf.json');
  return audit({ name: 'existing-role', stack, catalogue, inputs: [], tool, asOf: '2026-11-25' }).findings;
}

const resultsOf = (rules: readonly string[]) =>
  findings()
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, result }) => `${rule}: ${result}`);

describe('the audit of a stack whose role exists already', () => {
  test('fails nothing, and leaves open what only the owner of the role can say', () => {
    expect(findings().filter(({ result }) => result === 'fail' || result === 'unknown')).toEqual([]);
    expect(
      resultsOf(['role-trust', 'role-serves-vault-alone', 'iam-no-inline-policies', 'role-tagged', 'instance-profile']),
    ).toEqual([
      'iam-no-inline-policies: inherited',
      'role-trust: inherited',
      'role-serves-vault-alone: inherited',
      'role-tagged: not-applicable',
      'instance-profile: not-applicable',
    ]);
  });

  test.each<{ name: string; rule: string; result: string; change: (stack: Stack) => void }>([
    {
      name: 'another role that gets the policies',
      rule: 'role-serves-vault-alone',
      result: 'fail',
      change: ({ resource }) => {
        const policy_arn = '${aws_iam_policy.s3.arn}';
        resource.aws_iam_role_policy_attachment = { s3: { role: 'somebody-else', policy_arn } };
      },
    },
    {
      name: 'a policy that is not in the output',
      rule: 'output-fits-stack',
      result: 'fail',
      change: ({ output }) => output.backup_environment.value.host.policyArns.pop(),
    },
    {
      name: 'an inline policy for the role',
      rule: 'iam-no-inline-policies',
      result: 'fail',
      change: ({ resource }) => {
        const { policy } = resource.aws_iam_policy.s3;
        resource.aws_iam_role_policy = { more: { role: 'vault-instance', policy } };
      },
    },
    {
      name: 'another permission in its policies',
      rule: 'permission-proof',
      result: 'fail',
      change: ({ resource }) => {
        const { s3 } = resource.aws_iam_policy;
        s3.policy = s3.policy.replace('"s3:ListBucket"', '"s3:ListBucket","s3:PutBucketPolicy"');
      },
    },
    {
      name: 'a role of its own besides',
      rule: 'permission-proof',
      result: 'unknown',
      change: ({ resource }) => {
        resource.aws_iam_role = { vault: { name: 'vault', assume_role_policy: '{}' } };
      },
    },
  ])('catches $name', ({ rule, result, change }) => {
    const stack = JSON.parse(STACK);
    change(stack);
    const found = findingsBy(rule, parseInput(JSON.stringify(stack), 'cdk.tf.json'), catalogue);
    expect(found.map((one) => one.result)).toContain(result);
  });
});

test('the proof claims nothing about the role itself, and says so', () => {
  const { verdict, items, notAssessed } = provePermissions({ policies: readStackPolicies(STACK, 'stack'), catalogue });
  expect(verdict).toBe('pass');
  expect(items.filter(({ evidence }) => evidence.on.includes('the role'))).toEqual([]);
  expect(items.filter(({ title }) => /EC2|bucket, key and role/.test(title))).toEqual([]);
  expect(notAssessed[0]).toBe(
    "the role 'arn:aws:iam::111122223333:role/service/vault-instance', which exists already: whom it trusts, and what its other policies allow or take away",
  );
});
