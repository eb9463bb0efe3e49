import { type Catalogue, loadServices } from '../../lib/catalogue';
import { isBlamed, proofOf } from '../audit/blame';
import { isStricter, mutationsOf } from '../audit/mutations';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const ALL = ['aes-256', 'aws-kms'].flatMap((name) => mutationsOf(synthesizeStack(loadExample(EXAMPLES, name)).text));
const MUTATIONS = ALL.filter((mutation) => !isStricter(mutation));
const KINDS = [...new Set(MUTATIONS.map(({ kind }) => kind))].toSorted();

let catalogue: Catalogue;
const score: string[] = [];

beforeAll(async () => {
  const loaded = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
  // The other services cannot make a difference to these mutants, but for a pattern that fits them all.
  catalogue = { ...loaded, knownServices: loaded.services };
});

afterAll(() => process.stderr.write(`${score.toSorted().join('\n')}\n`));

test('there are enough mutations', () => {
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(300);
});

test.each(KINDS)('%s: fails the proof, which blames the statement', (kind) => {
  const ofKind = MUTATIONS.filter((mutation) => mutation.kind === kind);
  const survivors = ofKind.filter((mutation) => !isBlamed(mutation, catalogue)).map(({ name }) => name);
  score.push(`  ${kind}: ${ofKind.length - survivors.length} of ${ofKind.length} mutations blamed`);
  expect(survivors).toEqual([]);
});

test('what only makes a policy stricter passes the proof', () => {
  const stricter = ALL.filter(isStricter);
  const failed = stricter.filter(({ stackText }) => proofOf(stackText, catalogue).verdict === 'fail');
  expect(failed.map(({ name }) => name)).toEqual([]);
  expect(stricter.length).toBeGreaterThanOrEqual(8);
});
