import { alikeSamplesBy } from '../../lib/audit/permission-proof/alike-samples';
import { callersOf } from '../../lib/audit/permission-proof/callers';
import { expectationsOf } from '../../lib/audit/permission-proof/expectations';
import { createGroups } from '../../lib/audit/permission-proof/groups-of-callers';
import { asker } from '../../lib/audit/permission-proof/question';
import { type Sample, samplesBy } from '../../lib/audit/permission-proof/samples';
import { scopeOf } from '../../lib/audit/permission-proof/scope';
import { findInPlay } from '../../lib/audit/permission-proof/statements-in-play';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { mutationsOf } from './mutations';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
const BUCKET = readStackPolicies(STACK, 'aws-kms').bucket.arn;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

/** The stack with a statement more in the bucket policy; Terraform takes `$${` for `${`. */
function withStatement(statement: Readonly<Record<string, unknown>>): string {
  const stack = JSON.parse(STACK);
  const held = stack.resource.aws_s3_bucket_policy.backup;
  const policy = JSON.parse(held.policy);
  held.policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
  return JSON.stringify(stack);
}

const denying = (Resource: string, Action: unknown = 's3:GetObject') =>
  withStatement({ Sid: 'Added', Effect: 'Deny', Principal: '*', Action, Resource });

const VARIANTS = [
  ...mutationsOf(STACK).filter((_, index) => index % 12 === 0),
  { name: 'a statement about one folder', stackText: denying(`${BUCKET}/org/*`) },
  { name: 'a statement about one object', stackText: denying(`${BUCKET}/0`) },
  { name: 'a statement about short names', stackText: denying(`${BUCKET}/?`) },
  { name: 'a statement about some actions', stackText: denying(`${BUCKET}/*`, ['s3:Get*', 's3:PutObjectTagging']) },
  { name: 'a statement about the folder of each caller', stackText: denying(`${BUCKET}/$\${aws:userid}/*`) },
].map(({ name, stackText }) => ({ name, policies: readStackPolicies(stackText, 'aws-kms') }));

const ACTIONS = ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 'kms:Decrypt', 'sts:AssumeRole'];

/** The statements in play for each caller, about one action and resource. */
function inPlayFor(policies: EnvironmentPolicies) {
  const ask = asker(policies);
  const find = findInPlay(policies);
  const callers = callersOf(policies);
  return (action: string, sample: Sample) =>
    callers.map((caller) => find(ask({ caller, action, sample }, [])).map(({ id }) => id));
}

test.each(VARIANTS)('a resource stands for others about which the same statements are: $name', ({ policies }) => {
  const inPlay = inPlayFor(policies);
  for (const action of ACTIONS.flatMap((name) => catalogue.tryFind(name) ?? [])) {
    const alike = alikeSamplesBy(policies)(action);
    const all = samplesBy(policies)(action);
    expect(alike.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    const told = new Set(alike.map((one) => JSON.stringify([one.shape, one.isForeign, inPlay(action.name, one)])));
    const asked = new Set(all.map((one) => JSON.stringify([one.shape, one.isForeign, inPlay(action.name, one)])));
    expect(told).toEqual(asked);
  }
});

test.each(VARIANTS)('an action stands for others about which the same statements are: $name', ({ policies }) => {
  const expectations = expectationsOf(policies);
  const groupsOf = createGroups({ policies, catalogue, expectations });
  const ask = asker(policies);
  const find = findInPlay(policies);
  const samplesOf = alikeSamplesBy(policies);
  for (const caller of callersOf(policies)) {
    const scope = scopeOf(caller, policies);
    const { groups, actions, groupOf } = groupsOf(caller, scope);
    expect(actions).toEqual(scope.candidates(catalogue));
    expect(actions.every((action, index) => groups[groupOf[index] ?? -1]?.includes(action))).toBe(true);
    for (const group of groups) {
      const answers = group.map((action) =>
        scope.narrow(action.name, samplesOf(action)).map((sample) => ({
          inPlay: find(ask({ caller, action: action.name, sample }, [])).map(({ id }) => id),
          expected: expectations.find(caller.kind, action.name, sample.isForeign ? 'anything else' : sample.shape),
        })),
      );
      expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
    }
  }
});

test('objects and buckets are looked at one for all that are alike, and each by itself where a policy variable is about them', () => {
  const getObject = catalogue.tryFind('s3:GetObject');
  const alikeIn = (stackText: string) =>
    getObject === undefined ? [] : alikeSamplesBy(readStackPolicies(stackText, 'aws-kms'))(getObject);
  const standing = alikeIn(STACK).filter(({ count }) => count > 1);
  expect(standing.map(({ shape, isForeign, told, count }) => [shape, isForeign, told.length === count])).toEqual([
    ['backups', false, false],
    ['probes', false, false],
    ['search results', false, false],
    ['anything else', false, true],
    ['anything else', true, true],
  ]);
  expect(alikeIn(denying(`${BUCKET}/$\${aws:userid}/*`)).every(({ count }) => count === 1)).toBe(true);
});
