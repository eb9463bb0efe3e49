import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import type { StackDocument } from '../../lib/audit/stack/stack-document';
import { joinPlan } from '../../lib/audit/subject/join-plan';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack } from '../support/synthesize';
import { heldMutants } from './held-mutations';
import { findingsBy, isOpen } from './one-rule';
import { PLAN_SLIPS } from './plan-slips';
import { policySlips } from './policy-slips';
import { refusedMutants } from './refused-mutations';
import { REWRITES } from './rewrites';
import { slippingMutants } from './slipping-mutations';
import { strangerMutants } from './stranger-mutations';
import { STRICT_STACKS, STRICTER, STRICTER_OTHERWISE, tooStrictMutants } from './strict-mutations';

// What does harm does not slip past the audit, and what does none passes it.

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const { text: EXAMPLE } = exampleStack(EXAMPLES, 'aws-kms');

const isFound = (rule: string, stack: StackDocument) => findingsBy(rule, stack, catalogue).some(isOpen);

const MUTANTS = ['aws-kms', 'aes-256'].flatMap((name) => {
  const { text } = exampleStack(EXAMPLES, name);
  return [
    ...slippingMutants(text),
    // Both examples are too many for here; CI takes all.
    ...(name === 'aws-kms' ? policySlips(text) : []),
    ...refusedMutants(text),
    ...tooStrictMutants(text),
    ...heldMutants(text),
    ...strangerMutants(text),
  ].map((mutant) => ({ of: name, ...mutant }));
});

test.each(['aes-256', 'aws-kms', 'object-lock'])('an output of version 1 fits the stack of %s', (name) => {
  const stack = JSON.parse(exampleStack(EXAMPLES, name).text);
  const told = stack.output.backup_environment;
  const { host, aws, ...others } = told.value;
  told.value = { ...others, version: 1, aws: { ...aws, instanceProfileArn: host.instanceProfileArn } };
  expect(isFound('output-fits-stack', parseInput(JSON.stringify(stack), 'cdk.tf.json'))).toBe(false);
});

test.each(MUTANTS)('nothing slips past the audit as $kind: $name, in $of', ({ text, rule }) => {
  expect(isFound(rule, parseInput(text, 'mutant'))).toBe(true);
});

test('there are enough slips of each kind to trust a pass', () => {
  const kinds = new Set(MUTANTS.map(({ kind }) => kind));
  const few = [...kinds].filter((kind) => MUTANTS.filter((mutant) => mutant.kind === kind).length < 8);
  expect(few).toEqual([]);
});

const PLAN = readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aws-kms.json'), 'utf8');
const STACK = parseInput(EXAMPLE, 'cdk.tf.json');

function isFoundInPlan(rule: string, change: (plan: unknown) => unknown): boolean {
  const plan = JSON.parse(PLAN);
  change(plan);
  return isFound(rule, joinPlan(STACK, parseInput(JSON.stringify(plan), 'plan.json')));
}

test.each(Object.entries(PLAN_SLIPS))('nothing slips past the audit of a plan as %s', (_, rows) => {
  const missed = rows
    .filter(([, change, rule = 'input-complete']) => !isFoundInPlan(rule, change))
    .map(([name]) => name);
  expect(missed).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(8);
});

function openIn(text: string): readonly string[] {
  const input = { name: 'x', stack: parseInput(text, 'x.json'), catalogue, inputs: [] };
  const { findings } = audit({ ...input, tool: { name: 't', version: '0' }, asOf: '2026-11-25' });
  return findings.filter(isOpen).map(({ id, detail }) => `${id}: ${detail}`);
}

test('there are enough harmless rewrites to trust a pass', () => {
  expect(new Set(REWRITES.map(({ name }) => name)).size).toBe(REWRITES.length);
  expect(REWRITES.length).toBeGreaterThanOrEqual(60);
});

test.each(REWRITES)('the stack passes with $name', ({ change }) => {
  const stack = JSON.parse(EXAMPLE);
  change(stack);
  expect(openIn(JSON.stringify(stack))).toEqual([]);
});

test.each([...STRICTER, ...STRICTER_OTHERWISE])('a stack passes that is stricter by $name', ({ change }) => {
  const stack = JSON.parse(EXAMPLE);
  change(stack);
  expect(openIn(JSON.stringify(stack))).toEqual([]);
});

test.each(Object.entries(STRICT_STACKS))('a stack passes with %s', (_, kinds) => {
  const stack = JSON.parse(EXAMPLE);
  const changes = [...STRICTER, ...STRICTER_OTHERWISE].filter(({ name }) => kinds.test(name));
  for (const { change } of changes) change(stack);
  expect(changes.length).toBeGreaterThanOrEqual(5);
  expect(openIn(JSON.stringify(stack))).toEqual([]);
});

test('a stack passes that is stricter in every point', () => {
  const stack = JSON.parse(EXAMPLE);
  for (const { change } of STRICTER) change(stack);
  expect(openIn(JSON.stringify(stack))).toEqual([]);
});
