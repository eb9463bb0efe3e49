import { audit } from '../../lib/audit/audit';
import type { Proof } from '../../lib/audit/permission-proof/proof';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import type { RolePolicyText } from '../../lib/audit/policies/role-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { PolicyDocument } from '../../lib/policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { foreignRoleEnvironment } from '../support/foreign-role';
import { synthesizeStack } from '../support/synthesize';
import { foreignMutants } from './foreign-mutations';
import { findingsBy, isOpen } from './one-rule';

const ENVIRONMENT = foreignRoleEnvironment();
const STACK = synthesizeStack(ENVIRONMENT).text;
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const textOf = (name: string, document: PolicyDocument): RolePolicyText => ({ name, text: JSON.stringify(document) });
const POLICY_OF_BUCKET = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
});
const PRINTED = [
  textOf('s3.json', s3IdentityPolicy(ENVIRONMENT, ENVIRONMENT.capabilities)),
  textOf('kms.json', kmsIdentityPolicy(ENVIRONMENT, { current: KEY })),
];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function prove(stack = STACK, rolePolicies: readonly RolePolicyText[] = []): Proof {
  return provePermissions({ policies: readStackPolicies(stack, 'stack', rolePolicies), catalogue });
}

const openIn = ({ items }: Proof) => items.filter(({ result }) => result !== 'pass').map(({ id }) => id);
const problemsIn = ({ items }: Proof) =>
  items.filter(({ result }) => result !== 'pass').map(({ title, evidence }) => `${title}: ${evidence.problem}`);

describe('the proof of a role of another account', () => {
  test('is about bucket and key, and leaves open what the owner of the role decides', () => {
    const proof = prove();
    expect(problemsIn(proof)).toEqual([
      "The role's own policies, of account 444455556666, allow what bucket and key let it do: its owner attaches them: emit writes them to host/, and --role-policy gives them",
    ]);
    expect([proof.verdict, proof.counts.unknown]).toEqual(['unknown', 1]);
    expect(proof.items.filter(({ evidence }) => evidence.caller === 'the role').map(({ id }) => id)).toEqual([
      'own-side',
    ]);
  });

  test('is about both sides where the policies are given', () => {
    const proof = prove(STACK, PRINTED);
    expect(problemsIn(proof)).toEqual([]);
    expect(proof.verdict).toBe('pass');
    expect(proof.notAssessed).toContain(
      `whether '${KEY}' is the key that the stack makes: taken for it, as the role's policies name it`,
    );
    const put = proof.items.find(({ id }) => /^the-role\/s3:putobject\//.test(id));
    expect(put?.evidence.by.map(({ layer, statement }) => `${layer} ${statement}`)).toEqual([
      'resource ReadAndWriteBackups',
      'identity ReadAndWriteBackups',
    ]);
  });

  test('takes no key of theirs for a key whose ARN is known', () => {
    const existing = synthesizeStack(foreignRoleEnvironment(KEY.replace('1234abcd', 'ffffffff'))).text;
    expect(prove(existing, PRINTED).verdict).toBe('fail');
  });

  test.each<{ name: string; change: (text: string) => string }>([
    { name: 'an action too few', change: (text) => text.replace('"s3:PutObject"', '"s3:GetObjectAcl"') },
    {
      name: 'an action too many',
      change: (text) => text.replace('"s3:PutObject"', '"s3:PutObject","s3:PutObjectAcl"'),
    },
    { name: 'any bucket', change: (text) => text.replaceAll(/arn:aws:s3:::[a-z-]+/g, 'arn:aws:s3:::*') },
    {
      name: 'buckets of any account',
      change: (text) => text.replaceAll(/,"Condition":\{"StringEquals":\{"aws:Res[^}]*\}\}/g, ''),
    },
    { name: 'any key', change: (text) => text.replace(KEY, '*') },
    {
      name: 'the key by any call',
      change: (text) => text.replace(/,"Condition":\{"StringEquals":\{"kms:[^}]*\}\}/, ''),
    },
  ])('fails for $name in the policies that are given', ({ change }) => {
    const given = PRINTED.map(({ name, text }) => ({ name, text: change(text) }));
    expect(JSON.stringify(given)).not.toBe(JSON.stringify(PRINTED));
    expect(prove(STACK, given).verdict).toBe('fail');
  });

  test.each([
    { name: 'aws_s3_bucket_policy', statement: 'ReadAndWriteBackups' },
    { name: 'aws_s3_bucket_policy', statement: 'DenyKeyLeftOut' },
    { name: 'aws_kms_key', statement: 'UseKeyThroughS3' },
  ])('blames $name without $statement', ({ name, statement }) => {
    const stack = JSON.parse(STACK);
    const [given] = Object.values<{ policy: string }>(stack.resource[name]);
    const policy = JSON.parse(given?.policy ?? '');
    policy.Statement = policy.Statement.filter(({ Sid }: { Sid: string }) => Sid !== statement);
    if (given !== undefined) given.policy = JSON.stringify(policy);
    const proof = prove(JSON.stringify(stack));
    expect(proof.verdict).toBe('fail');
    const failed = proof.items.filter(({ result }) => result === 'fail');
    const blamed = failed.flatMap(({ evidence: { by, lacking = [] } }) => [
      ...by.map((one) => one.statement),
      ...lacking,
    ]);
    expect(blamed).toContain(statement);
    expect(openIn(proof)).toContain('own-side');
  });
});

test.each([
  { name: 'broken JSON', text: '{', says: "'mine.json' at '': must be JSON" },
  {
    name: 'a policy of a resource',
    text: POLICY_OF_BUCKET,
    says: "'mine.json' at '/Statement/0/Principal': a policy of an identity",
  },
])('$name is refused as a policy of the role, with the file and what to give', ({ text, says }) => {
  const given = () => prove(STACK, [{ name: 'mine.json', text }]);
  expect(given).toThrow(says);
  expect(given).toThrow('Give the document as the role carries it, or as emit wrote it to host/');
});

test('policies of a role that the stack decides about are refused', () => {
  const stack = synthesizeStack({ ...ENVIRONMENT, host: { kind: 'ec2' } }).text;
  expect(() => prove(stack, PRINTED)).toThrow(
    /'s3.json' must be a policy of a role of another account, got: an environment whose role is arn:aws:iam::111122223333:/,
  );
});

function findingsOf(text: string, rolePolicies: readonly RolePolicyText[]) {
  const stack = parseInput(text, 'cdk.tf.json');
  const tool = { name: 'test', version: '0' };
  const given = { rolePolicies };
  return audit({ name: 'x', stack, catalogue, inputs: [], tool, asOf: '2026-11-25', given }).findings;
}

const openFindings = (text: string, given: readonly RolePolicyText[]) =>
  findingsOf(text, given).filter(({ result }) => result === 'fail' || result === 'unknown');

describe('the audit of a stack for a role of another account', () => {
  test('leaves open what the owner of the role decides, and that alone', () => {
    expect(openFindings(STACK, []).map(({ rule, result, resource }) => ({ rule, result, resource }))).toEqual([
      { rule: 'permission-proof', result: 'unknown', resource: 'host.role' },
    ]);
    const inherited = findingsOf(STACK, []).filter(({ result }) => result === 'inherited');
    expect(inherited.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['role-trust', 'role-serves-vault-alone', 'role-own-account-only']),
    );
  });

  test('passes where the policies of the role are given', () => {
    expect(openFindings(STACK, PRINTED)).toEqual([]);
    expect(findingsOf(STACK, PRINTED).find(({ rule }) => rule === 'role-own-account-only')?.result).toBe('pass');
  });

  test('passes bucket and key policy with a key that exists already', () => {
    const existing = synthesizeStack(foreignRoleEnvironment(KEY)).text;
    expect(openFindings(existing, PRINTED)).toEqual([]);
    expect(openFindings(existing, []).map(({ rule }) => rule)).toEqual(['permission-proof']);
  });

  test.each(foreignMutants(STACK))('catches $name by $rule', ({ rule, text }) => {
    const stack = parseInput(text, 'cdk.tf.json');
    expect(findingsBy(rule, stack, catalogue, { rolePolicies: PRINTED }).some(isOpen)).toBe(true);
  });
});
