import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { REWRITES } from './rewrites';
import { STRICT_STACKS, STRICTER, STRICTER_OTHERWISE } from './strict-mutations';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const { text: EXAMPLE } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));

function openIn(text: string): readonly string[] {
  const input = { name: 'x', stack: parseInput(text, 'x.json'), catalogue, inputs: [] };
  const { findings } = audit({ ...input, tool: { name: 't', version: '0' }, asOf: '2026-11-25' });
  return findings
    .filter(({ result, waiver }) => (result === 'fail' || result === 'unknown') && waiver === undefined)
    .map(({ id, detail }) => `${id}: ${detail}`);
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
