import { callersOf } from '../../lib/audit/permission-proof/callers';
import { asker } from '../../lib/audit/permission-proof/question';
import { samplesBy } from '../../lib/audit/permission-proof/samples';
import { findByExplaining, findInPlay } from '../../lib/audit/permission-proof/statements-in-play';
import { allPolicies } from '../../lib/audit/permission-proof/witnesses';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { mutationsOf } from './mutations';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
const ACTIONS = [
  's3:ListBucket',
  's3:GetObject',
  's3:PutObject',
  's3:PutBucketPolicy',
  'kms:Decrypt',
  'sts:AssumeRole',
];

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

/** Each question of the proof about these actions, with the statements in play as either way finds them. */
function inPlayBothWays(policies: EnvironmentPolicies) {
  const ask = asker(policies);
  const byParts = findInPlay(policies);
  const byExplaining = findByExplaining(allPolicies(policies));
  const samplesOf = samplesBy(policies);
  return callersOf(policies).flatMap((caller) =>
    ACTIONS.flatMap((action) => {
      const known = catalogue.tryFind(action);
      return (known === undefined ? [] : samplesOf(known)).map((sample) => {
        const asked = ask({ caller, action, sample }, []);
        const question = `${caller.title} ${action} ${sample.arn} ${sample.isForeign}`;
        // The whole of a statement does not tell how it admits the caller; that is held against the evaluator elsewhere.
        const parts = byParts(asked).map(({ answer: _, ...one }) => one);
        return { question, parts, whole: byExplaining(asked) };
      });
    }),
  );
}

test.each(mutationsOf(STACK).filter((_, index) => index % 12 === 0))(
  'a statement taken apart is in play wherever the whole one is: $name',
  ({ stackText }) => {
    const rows = inPlayBothWays(readStackPolicies(stackText, 'aws-kms'));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.map(({ question, parts }) => [question, parts])).toEqual(
      rows.map(({ question, whole }) => [question, whole]),
    );
  },
);
