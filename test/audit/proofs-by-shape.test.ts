import fc from 'fast-check';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import { isKnownToFit } from '../../lib/audit/permission-proof/valid-policies';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { proveByShape } from '../../lib/audit/proofs-by-shape/prove-by-shape';
import { shapeOf } from '../../lib/audit/proofs-by-shape/shape';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { runsOf } from '../support/property-runs';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

const STACKS = [
  [EXAMPLES, 'aes-256'],
  [EXAMPLES, 'aws-kms'],
  [FIXTURES, 'existing-key'],
].map(([folder = '', name = '']) => ({ name, text: synthesizeStack(loadExample(folder, name)).text }));

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

interface Names {
  readonly account: string;
  readonly bucket: string;
  readonly role: string;
}

/** A statement more in one of the policies. */
interface Addition {
  readonly to: 's3' | 'bucket';
  readonly statement: Readonly<Record<string, unknown>>;
}

/** The environment of a stack under other names, with further statements. */
function environment(stack: number, names: Names, additions: readonly Addition[] = []): EnvironmentPolicies {
  const { name, text } = STACKS[stack] ?? { name: '', text: '' };
  const { bucket, role, account } = readStackPolicies(text, name);
  const roleName = role.arn.split('/').at(-1) ?? '';
  // The name of the bucket may hold that of the role.
  const renamed = text
    .replaceAll(bucket.name, '<bucket>')
    .replaceAll(roleName, '<role>')
    .replaceAll(account, '<account>')
    .replaceAll('<bucket>', names.bucket)
    .replaceAll('<role>', names.role)
    .replaceAll('<account>', names.account);
  return readStackPolicies(withStatements(renamed, additions), name);
}

function withStatements(text: string, additions: readonly Addition[]): string {
  const stack = JSON.parse(text);
  const holders = { s3: stack.resource.aws_iam_policy.s3, bucket: stack.resource.aws_s3_bucket_policy.backup };
  for (const { to, statement } of additions) {
    const policy = JSON.parse(holders[to].policy);
    holders[to].policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
  }
  return JSON.stringify(stack);
}

const NAMES: Names = { account: '111122223333', bucket: 'acme-prod', role: 'acme-role' };
const granting = (Resource: string, Condition?: object): Addition => ({
  to: 's3',
  statement: { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource, ...(Condition && { Condition }) },
});
const letting = (Principal: unknown, Condition?: object): Addition => ({
  to: 'bucket',
  statement: {
    Effect: 'Allow',
    Principal,
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::acme-prod/*',
    ...(Condition && { Condition }),
  },
});

test('environments that differ in names alone have one shape', () => {
  const others: readonly Names[] = [
    { account: '444455556666', bucket: 'zeta', role: 'yak-role' },
    { account: '444455556666', bucket: 'acme-prod-444455556666', role: 'acme-prod' },
    { account: '999988887777', bucket: 'role-of-acme', role: 'of-acme' },
  ];
  const keyOf = (names: Names) => shapeOf(environment(1, names), catalogue)?.key;
  expect(keyOf(NAMES)).toBeDefined();
  expect(others.map(keyOf)).toEqual(others.map(() => keyOf(NAMES)));
});

test('a name shared by two things makes another shape', () => {
  const same = shapeOf(environment(1, { ...NAMES, role: 'acme-prod' }), catalogue)?.key;
  expect(same).toBeDefined();
  expect(same).not.toBe(shapeOf(environment(1, NAMES), catalogue)?.key);
});

test.each<{ what: string; names?: Partial<Names>; addition?: Addition }>([
  { what: 'a wildcard that begins like the bucket', addition: granting('arn:aws:s3:::acme-*') },
  { what: 'a wildcard in the middle of a name', addition: granting('arn:aws:s3:::ac*od/x') },
  { what: 'a question mark', addition: granting('arn:aws:s3:::acme-pro?') },
  { what: 'a wildcard behind a name', addition: granting('arn:aws:s3:::acme-prod*') },
  { what: 'a policy variable', addition: granting('arn:aws:s3:::acme-prod/$${aws:PrincipalAccount}/*') },
  { what: 'a word with a name in it', addition: granting('arn:aws:s3:::acme-prod-logs/*') },
  { what: 'a word with a name in it, in another case', addition: granting('arn:aws:s3:::acme/ACME-PROD-logs/*') },
  {
    what: 'a role like the role',
    addition: letting({ AWS: 'arn:aws:iam::111122223333:role/acme-role-copy' }),
  },
  {
    what: 'a condition that ignores case',
    addition: letting('*', {
      StringEqualsIgnoreCase: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Acme-Role' },
    }),
  },
  {
    what: 'a condition whose wildcard is not a whole segment',
    addition: letting('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/acme*' } }),
  },
  {
    what: 'a number that is the account',
    addition: letting('*', { NumericLessThan: { 's3:ResourceAccount': '111122223333' } }),
  },
  {
    what: 'a name in a condition about something else',
    addition: letting('*', { StringLike: { 's3:prefix': 'acme-prod/*' } }),
  },
  { what: 'a role with a name that the proof itself asks about', names: { role: 'administrator' } },
  { what: 'a bucket with a name that the proof itself asks about', names: { bucket: 'other-bucket' } },
  { what: 'an account that the proof takes for another', names: { account: '999999999999' } },
  { what: 'a role named like a copy of the bucket', names: { role: 'acme-prod-copy' } },
  { what: 'a bucket named like a region', names: { bucket: 'us-west-2' } },
  { what: 'a role named like a word in ARNs', names: { role: 'role' } },
  { what: 'a role in capitals, which claim ids do not keep', names: { role: 'AcmeRole' } },
])('$what keeps an environment from having a shape', ({ names, addition }) => {
  const policies = environment(1, { ...NAMES, ...names }, addition === undefined ? [] : [addition]);
  expect(shapeOf(policies, catalogue)).toBeUndefined();
});

test('a key of earlier backups keeps an environment from having a shape', () => {
  const formerKeys = [{ arn: 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' }];
  expect(shapeOf({ ...environment(1, NAMES), formerKeys }, catalogue)).toBeUndefined();
});

test('a difference in policies makes another shape', () => {
  const keys = [
    environment(0, NAMES),
    environment(1, NAMES),
    environment(1, NAMES, [granting('arn:aws:s3:::acme-prod/x/*')]),
    environment(1, NAMES, [granting('arn:aws:s3:::zeta/*')]),
    { ...environment(1, NAMES), region: 'us-west-2' },
    { ...environment(1, NAMES), declared: { ...environment(1, NAMES).declared, capabilities: ['backup'] } },
  ].map((policies) => shapeOf(policies, catalogue)?.key);
  expect(new Set(keys).size).toBe(keys.length);
});

const segment = fc.constantFrom('acme', 'acme-prod', 'prod', 'zeta', 'acme-copy', 'role', 'a*', '*', '*prod', 'ac?e');
const account = fc.constantFrom('111122223333', '444455556666', '999999999999', '888888888888');
const names = fc.record({
  account,
  bucket: fc.constantFrom('acme', 'acme-prod', 'acme-copy', 'prod', 'zeta', 'acme-111122223333', 'other-bucket', 'abc'),
  role: fc.constantFrom('acme', 'acme-prod', 'acme-role', 'Acme', 'administrator', 'prod-role', '111122223333', 'iam'),
});
const roleArn = fc
  .tuple(account, segment)
  .map(([id, name]) => `arn:aws:iam::${id}:role/${name.replaceAll(/[*?]/g, 'x')}`);
const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIgnoreCase'), account)
    .map(([operator, id]) => ({ [operator]: { 's3:ResourceAccount': id } })),
  fc
    .tuple(fc.constantFrom('ArnLike', 'ArnNotLike', 'StringLike'), account, segment)
    .map(([operator, id, name]) => ({ [operator]: { 'aws:PrincipalArn': `arn:aws:iam::${id}:role/${name}` } })),
  fc.constantFrom({ Null: { 's3:ResourceAccount': 'false' } }, { Bool: { 'aws:SecureTransport': 'true' } }),
);
const addition = fc.oneof(
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.constantFrom('s3:GetObject', 's3:*', 's3:Put*', 'kms:Decrypt', 'sts:*'),
      Resource: fc
        .tuple(segment, fc.constantFrom('', '/*', '/x', '/acme/*'))
        .map(([name, key]) => `arn:aws:s3:::${name}${key}`),
      Condition: condition,
    })
    .map((statement): Addition => ({ to: 's3', statement })),
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.oneof(
        fc.constant('*'),
        roleArn.map((AWS) => ({ AWS })),
        account.map((AWS) => ({ AWS })),
      ),
      Action: fc.constantFrom('s3:GetObject', 's3:*', 's3:ListBucket'),
      Resource: fc.tuple(segment, fc.constantFrom('', '/*')).map(([name, key]) => `arn:aws:s3:::${name}${key}`),
      Condition: condition,
    })
    .map((statement): Addition => ({ to: 'bucket', statement })),
);

test('a proof by shape equals that of the environment itself, whatever its names and statements', () => {
  let shared = 0;
  const property = fc.property(fc.nat(STACKS.length - 1), names, fc.array(addition, { maxLength: 2 }), (...given) => {
    const policies = environment(...given);
    const shape = shapeOf(policies, catalogue);
    if (shape === undefined) return;
    shared++;
    const ofShape = JSON.stringify(provePermissions({ policies: shape.policies, catalogue }));
    expect(shape.named(ofShape)).toEqual(JSON.parse(JSON.stringify(provePermissions({ policies, catalogue }))));
  });
  fc.assert(property, { seed: 20_261_129, numRuns: runsOf(300) });
  expect(shared).toBeGreaterThan(runsOf(300) / 10);
});

test('each environment in turn gets its own proof', () => {
  const environments = ['zeta', 'acme', 'acme-prod', 'eta'].map((bucket) => environment(0, { ...NAMES, bucket }));
  const proofs = environments.map((policies) => proveByShape({ policies, catalogue }));
  expect(proofs).toEqual(environments.map((policies) => provePermissions({ policies, catalogue })));
});

test('of a shared proof, what fits in the one environment is known to fit in the other, and nothing else', () => {
  const misspelled: Addition = { to: 's3', statement: { Effect: 'Deny', Action: 's3:GetObjekt', Resource: '*' } };
  const environments = ['omega', 'sigma', 'kappa'].map((bucket) => environment(0, { ...NAMES, bucket }, [misspelled]));
  for (const policies of environments) proveByShape({ policies, catalogue });
  const fitting = environments.map(({ bucket, role }) =>
    [bucket.policy, ...role.identity].map((policy) => policy && isKnownToFit(policy, catalogue)),
  );
  expect(fitting).toEqual(environments.map(() => [true, false]));
});
