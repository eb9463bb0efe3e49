import { callersOf } from '../../lib/audit/permission-proof/callers';
import { choicesAt, forEachCombination, varied } from '../../lib/audit/permission-proof/circumstances';
import { createDeciders } from '../../lib/audit/permission-proof/deciders';
import { facetsOf } from '../../lib/audit/permission-proof/derived-facets';
import { createFootprint } from '../../lib/audit/permission-proof/footprint';
import { lookInto } from '../../lib/audit/permission-proof/looks';
import { asker, type Question } from '../../lib/audit/permission-proof/question';
import { samplesBy } from '../../lib/audit/permission-proof/samples';
import { findByExplaining, findInPlay, keysOf } from '../../lib/audit/permission-proof/statements-in-play';
import { viewsOf } from '../../lib/audit/permission-proof/views';
import { allPolicies } from '../../lib/audit/permission-proof/witnesses';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { type Condition, evaluate, parsePolicy } from '../../lib/iam';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { mutationsOf } from './mutations';

// The short ways of the proof find what the long ones find.

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

const ACTIONS = [
  's3:ListBucket',
  's3:GetObject',
  's3:PutObject',
  's3:PutBucketPolicy',
  'kms:Decrypt',
  'sts:AssumeRole',
];

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

const DECIDED = ['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy', 'kms:Decrypt', 'sts:AssumeRole'];
/** One in so many combinations is put to the evaluator; a prime, so that every form of every circumstance is met. */
const ONE_IN = 7;

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
      const evaluated = evaluate(request, asked);
      const isDenied = evaluated.result === 'explicitly-denied';
      rows.push({
        // It is told at once, or not at all.
        decided: { request, isDenied: decide.isDenied?.(indexes) ?? isDenied, ...decide(indexes) },
        evaluated: { request, isDenied, ...evaluated },
      });
    });
    return rows;
  };
  return callersOf(policies).flatMap((caller) =>
    DECIDED.flatMap((action) => {
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

const CALLERS = [
  'an administrator of the account',
  'an administrator who is an IAM user',
  'a role of nearly the same name',
];

/** The policies of the example, with one more statement in the bucket's. */
function withCondition(condition: Condition): EnvironmentPolicies {
  const policies = readStackPolicies(STACK, 'aws-kms');
  const { operator, key, values } = condition;
  const { statements } = parsePolicy(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Further',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `${policies.bucket.arn}/*`,
          Condition: { [operator]: { [key]: values } },
        },
      ],
    },
    'bucket policy',
  );
  const { policy } = policies.bucket;
  if (policy === undefined) throw new Error('the example must have a bucket policy');
  return {
    ...policies,
    bucket: { ...policies.bucket, policy: { ...policy, statements: [...policy.statements, ...statements] } },
  };
}

/** Puts callers who look alike together by their titles. */
function alikeIn(policies: EnvironmentPolicies): readonly (readonly string[])[] {
  const viewOf = viewsOf(allPolicies(policies));
  const groups = new Map<string, string[]>();
  const callers = callersOf(policies);
  for (const title of CALLERS) {
    const caller = callers.find((one) => one.title === title);
    if (caller === undefined) throw new Error(`nobody is called '${title}'`);
    const view = viewOf(caller);
    groups.set(view, [...(groups.get(view) ?? []), title]);
  }
  return [...groups.values()];
}

const [ROLE, USER, COPY] = CALLERS;

test.each([
  ['no condition about callers', condition('Bool', 'aws:MultiFactorAuthPresent', 'false'), [CALLERS]],
  ['the ARN of one', condition('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*'), [[ROLE, COPY], [USER]]],
  ['a part of an ARN', condition('StringLike', 'aws:PrincipalArn', '*-copy'), [[ROLE, USER], [COPY]]],
  ['the id of one', condition('StringLike', 'aws:userid', 'AIDA*'), [[ROLE, COPY], [USER]]],
  ['the type of one', condition('StringEquals', 'aws:PrincipalType', 'User'), [[ROLE, COPY], [USER]]],
  [
    'a caller variable under another key',
    condition('StringEquals', 's3:prefix', '${aws:userid}'),
    [[ROLE], [USER], [COPY]],
  ],
])('administrators look alike apart from what a statement asks about: %s', (_, asked, alike) => {
  expect(alikeIn(withCondition(asked))).toEqual(alike);
});

function condition(operator: string, key: string, value: string): Condition {
  return { operator, key, values: [value] };
}

test.each(mutationsOf(STACK).filter((_, index) => index % 80 === 0))(
  'callers who look alike find together what each finds alone: $name',
  ({ stackText }) => {
    const policies = readStackPolicies(stackText, 'aws-kms');
    const input = { policies, catalogue, facets: facetsOf(policies) };
    const callers = callersOf(policies);
    const together = callers.map(lookInto(input, createFootprint()));
    const eachAlone = callers.map((caller) => lookInto(input, createFootprint())(caller));
    expect(new Set(together.map(({ rows }) => rows)).size).toBeLessThan(callers.length);
    expect(together).toEqual(eachAlone);
  },
);
