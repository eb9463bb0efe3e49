import { saySame } from '../../lib/audit/permission-drift/same-policies';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import type { Policy } from '../../lib/iam';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;

/** With a role of its own, which has a trust policy. */
function read() {
  const { role, ...policies } = readStackPolicies(STACK, 'aws-kms');
  const { trust } = role;
  if (trust === undefined) throw new Error('the example makes no role');
  return { ...policies, role: { ...role, trust } };
}

const before = read();

test('policies that are read again or renamed say the same', () => {
  const renamed = (policy: Policy): Policy => ({ ...policy, name: `${policy.name} as it is live` });
  const { role } = before;
  const after = { ...read(), role: { ...role, trust: renamed(role.trust), identity: role.identity.map(renamed) } };
  expect(saySame(before, after)).toBe(true);
});

function emptied(policy: Policy): Policy {
  return { ...policy, statements: [] };
}

const { role, bucket, key } = before;

test.each<{ what: string; after: EnvironmentPolicies }>([
  { what: 'another account', after: { ...before, account: '444455556666' } },
  { what: 'another region', after: { ...before, region: 'eu-west-1' } },
  { what: 'another role', after: { ...before, role: { ...role, arn: `${role.arn}-copy` } } },
  { what: 'another trust policy', after: { ...before, role: { ...role, trust: emptied(role.trust) } } },
  { what: 'other policies of the role', after: { ...before, role: { ...role, identity: role.identity.map(emptied) } } },
  { what: 'one policy fewer', after: { ...before, role: { ...role, identity: role.identity.slice(1) } } },
  { what: 'a boundary', after: { ...before, role: { ...role, boundary: emptied(role.trust) } } },
  { what: 'another bucket', after: { ...before, bucket: { ...bucket, arn: `${bucket.arn}-copy` } } },
  {
    what: 'another policy version',
    after: { ...before, role: { ...role, trust: { ...role.trust, version: '2008-10-17' } } },
  },
  { what: 'no bucket policy', after: withoutBucketPolicy() },
  { what: 'no key', after: withoutKey() },
  { what: 'a key with an unknown policy', after: { ...before, key: { arn: key?.arn ?? '' } } },
  { what: 'a former key', after: { ...before, formerKeys: [{ arn: `${key?.arn}-former` }] } },
])('policies do not say the same with $what', ({ after }) => {
  expect(saySame(before, after)).toBe(false);
});

function withoutBucketPolicy(): EnvironmentPolicies {
  const { policy: _, ...rest } = bucket;
  return { ...before, bucket: rest };
}

function withoutKey(): EnvironmentPolicies {
  const { key: _, ...rest } = before;
  return rest;
}
