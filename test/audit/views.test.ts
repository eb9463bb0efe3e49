import { callersOf } from '../../lib/audit/permission-proof/callers';
import { facetsOf } from '../../lib/audit/permission-proof/derived-facets';
import { createFootprint } from '../../lib/audit/permission-proof/footprint';
import { lookInto } from '../../lib/audit/permission-proof/looks';
import { viewsOf } from '../../lib/audit/permission-proof/views';
import { allPolicies } from '../../lib/audit/permission-proof/witnesses';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { type Condition, parsePolicy } from '../../lib/iam';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { mutationsOf } from './mutations';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
const CALLERS = [
  'an administrator of the account',
  'an administrator who is an IAM user',
  'a role of nearly the same name',
];

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

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
