import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { joinPlan } from '../../lib/audit/subject/join-plan';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack } from '../support/synthesize';
import { PLAN_SLIPS } from './plan-slips';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const PLAN = readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aws-kms.json'), 'utf8');
const { text: STACK } = exampleStack(EXAMPLES, 'aws-kms');

function rulesAgainst(change: (plan: unknown) => unknown): readonly string[] {
  const plan = JSON.parse(PLAN);
  change(plan);
  const stack = joinPlan(parseInput(STACK, 'cdk.tf.json'), parseInput(JSON.stringify(plan), 'plan.json'));
  return audit({ name: 'x', stack, catalogue, inputs: [], tool: { name: 't', version: '0' }, asOf: '2026-11-25' })
    .findings.filter(({ result, waiver }) => (result === 'fail' || result === 'unknown') && waiver === undefined)
    .map(({ rule }) => rule);
}

test.each(Object.entries(PLAN_SLIPS))('nothing slips past the audit of a plan as %s', (_, rows) => {
  const missed = rows.flatMap(([name, change, rule = 'input-complete']) => {
    const rules = rulesAgainst(change);
    return rules.includes(rule) ? [] : [`${name}: ${rules.join(', ') || 'nothing'}`];
  });
  expect(missed).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(8);
});
