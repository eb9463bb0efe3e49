import { callersOf } from '../../lib/audit/permission-proof/callers';
import { choicesAt, forEachCombination, varied } from '../../lib/audit/permission-proof/circumstances';
import { createDeciders } from '../../lib/audit/permission-proof/deciders';
import { facetsOf } from '../../lib/audit/permission-proof/derived-facets';
import { asker, type Question } from '../../lib/audit/permission-proof/question';
import { samplesBy } from '../../lib/audit/permission-proof/samples';
import { findInPlay, keysOf } from '../../lib/audit/permission-proof/statements-in-play';
import { allPolicies } from '../../lib/audit/permission-proof/witnesses';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { evaluate } from '../../lib/iam';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { mutationsOf } from './mutations';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy', 'kms:Decrypt', 'sts:AssumeRole'];
/** One in so many combinations is put to the evaluator; a prime, so that every form of every circumstance is met. */
const ONE_IN = 7;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

/** Both answers to questions about one stack, in circumstances that its statements ask about. */
function answersBothWays(stackText: string) {
  const policies = readStackPolicies(stackText, 'aws-kms');
  const ask = asker(policies);
  const find = findInPlay(policies);
  const decider = createDeciders(allPolicies(policies), ask, find);
  const samplesOf = samplesBy(policies);
  const facets = facetsOf(policies);
  const answersTo = (question: Question) => {
    const inPlay = find(ask(question, []));
    const keys = keysOf(inPlay);
    const decisive = facets.filter((facet) => facet.keys.some((key) => keys.has(key)));
    const circumstances = varied(decisive, question);
    const decide = decider({ question, circumstances, inPlay });
    const rows: { readonly decided: unknown; readonly evaluated: unknown }[] = [];
    let visited = 0;
    forEachCombination(circumstances, question, (indexes) => {
      if (visited++ % ONE_IN > 0) return;
      const { request, policies: asked } = ask(question, choicesAt(circumstances, indexes));
      rows.push({ decided: { request, ...decide(indexes) }, evaluated: { request, ...evaluate(request, asked) } });
    });
    return rows;
  };
  return callersOf(policies).flatMap((caller) =>
    ACTIONS.flatMap((action) => {
      const known = catalogue.tryFind(action);
      const samples = known === undefined ? [] : samplesOf(known);
      return samples.flatMap((sample) => answersTo({ caller, action, sample }));
    }),
  );
}

test.each(mutationsOf(STACK).filter((_, index) => index % 60 === 0))(
  'answers of statements in play are combined as the evaluator combines them: $name',
  ({ stackText }) => {
    const rows = answersBothWays(stackText);
    expect(rows.length).toBeGreaterThan(500);
    expect(rows.map(({ decided }) => decided)).toEqual(rows.map(({ evaluated }) => evaluated));
  },
);
