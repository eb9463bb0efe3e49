import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { heldMutants } from './held-mutations';
import { findingsBy, isOpen } from './one-rule';
import { policySlips } from './policy-slips';
import { refusedMutants } from './refused-mutations';
import { slippingMutants } from './slipping-mutations';
import { strangerMutants } from './stranger-mutations';
import { tooStrictMutants } from './strict-mutations';

const MUTANTS = ['aws-kms', 'aes-256'].flatMap((name) => {
  const { text } = synthesizeStack(loadExample(EXAMPLES, name));
  return [
    ...slippingMutants(text),
    // Both examples are too many for here; CI takes all.
    ...(name === 'aws-kms' ? policySlips(text) : []),
    ...refusedMutants(text),
    ...tooStrictMutants(text),
    ...heldMutants(text),
    ...strangerMutants(text),
  ];
});
const KINDS = [...new Set(MUTANTS.map(({ kind }) => kind))];

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

test.each(['aes-256', 'aws-kms', 'object-lock'])('an output of version 1 fits the stack of %s', (name) => {
  const stack = JSON.parse(synthesizeStack(loadExample(EXAMPLES, name)).text);
  const told = stack.output.backup_environment;
  const { host, aws, ...others } = told.value;
  told.value = { ...others, version: 1, aws: { ...aws, instanceProfileArn: host.instanceProfileArn } };
  expect(isFound('output-fits-stack', JSON.stringify(stack))).toBe(false);
});

function isFound(rule: string, text: string): boolean {
  return findingsBy(rule, parseInput(text, 'mutant'), catalogue).some(isOpen);
}

test.each(KINDS)('nothing slips past the audit as %s', (kind) => {
  const ofKind = MUTANTS.filter((mutant) => mutant.kind === kind);
  const missed = ofKind.filter(({ text, rule }) => !isFound(rule, text)).map(({ name }) => name);
  expect(missed).toEqual([]);
  expect(ofKind.length).toBeGreaterThanOrEqual(8);
});
