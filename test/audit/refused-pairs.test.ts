import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { findingsBy } from './one-rule';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const PLAN = readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aws-kms.json'), 'utf8');

const detailsOf = (text: string) =>
  findingsBy('accepted-by-aws', parseInput(text, 'x'), catalogue).map(({ result, detail }) => `${result}: ${detail}`);

function written(given: object): string {
  const stack = JSON.parse(synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text);
  Object.assign(stack.resource.aws_s3_bucket.backup, given);
  return JSON.stringify(stack);
}

test('a bucket with a name and a prefix is told that the provider takes one', () => {
  expect(detailsOf(written({ bucket_prefix: 'vault-' }))).toEqual([
    'fail: the provider takes bucket or bucket_prefix, not both',
  ]);
});

test.each([
  ['no prefix', { bucket_prefix: null }],
  ['a prefix that may be nothing', { bucket_prefix: '${var.prefix}' }],
])('a bucket with a name and %s is taken', (_, given) => {
  expect(detailsOf(written(given))).toEqual(detailsOf(written({})));
});

test('a name stands beside its prefix in a plan', () => {
  const plan = JSON.parse(PLAN);
  const named = plan.resource_changes.filter(
    ({ type }: { readonly type: string }) => type === 'aws_iam_role' || type === 'aws_iam_policy',
  );
  for (const { change } of named) change.after.name_prefix = change.after.name.slice(0, 5);
  expect(named.length).toBeGreaterThan(1);
  expect(detailsOf(JSON.stringify(plan))).toEqual(detailsOf(PLAN));
});
