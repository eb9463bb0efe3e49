import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { joinPlan } from '../../lib/audit/subject/join-plan';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack } from '../support/synthesize';
import { findingsBy, isOpen } from './one-rule';
import { PLAN_SLIPS } from './plan-slips';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const PLAN = readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aws-kms.json'), 'utf8');
const STACK = parseInput(exampleStack(EXAMPLES, 'aws-kms').text, 'cdk.tf.json');

function isFound(rule: string, change: (plan: unknown) => unknown): boolean {
  const plan = JSON.parse(PLAN);
  change(plan);
  const stack = joinPlan(STACK, parseInput(JSON.stringify(plan), 'plan.json'));
  return findingsBy(rule, stack, catalogue).some(isOpen);
}

test.each(Object.entries(PLAN_SLIPS))('nothing slips past the audit of a plan as %s', (_, rows) => {
  const missed = rows.filter(([, change, rule = 'input-complete']) => !isFound(rule, change)).map(([name]) => name);
  expect(missed).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(8);
});
