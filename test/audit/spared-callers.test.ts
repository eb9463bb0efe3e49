import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { KeptStatement } from '../../lib/config/bucket-policy/schema';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { findingsBy } from './one-rule';

// A role of another account is let in on purpose, and a denial spares it: each alone is harmless.

const EXAMPLE = loadExample(EXAMPLES, 'aes-256');
const OTHER = 'arn:aws:iam::444455556666:root';
const READER = 'arn:aws:iam::444455556666:role/reader';
const KEPT = {
  reason: 'reads backups of an earlier product',
  owner: 'backup team',
  statement: {
    ...{ Sid: 'Partner', Effect: 'Allow', Principal: { AWS: READER }, Action: 's3:GetObject' },
    Resource: `arn:aws:s3:::${EXAMPLE.bucket}/*`,
  },
} as KeptStatement;

/** Rules, and the condition key of the denials that they are about. */
const ABOUT: Readonly<Record<string, string>> = {
  'bucket-tls-only': 'aws:SecureTransport',
  'bucket-tls-version': 's3:TlsVersion',
  'bucket-wrong-encryption': 's3:x-amz-server-side-encryption',
  'bucket-customer-keys': 's3:x-amz-server-side-encryption-customer-algorithm',
};

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

// biome-ignore lint/suspicious/noExplicitAny: a statement is changed wherever it hurts
type Json = any;
type Change = (denial: Json) => readonly Json[];

const TEXT = synthesizeStack({ ...EXAMPLE, bucketPolicy: { keep: [KEPT] } }).text;

/** What rules find when each denial by their key is made into others. */
function foundBy(change: Change) {
  return Object.entries(ABOUT).map(([rule, key]) => {
    const stack = JSON.parse(TEXT);
    const { backup } = stack.resource.aws_s3_bucket_policy;
    const policy = JSON.parse(backup.policy);
    const isMeant = ({ Effect, Condition }: Json) =>
      Effect === 'Deny' && JSON.stringify(Condition).includes(`"${key}"`);
    policy.Statement = policy.Statement.flatMap((one: Json) => (isMeant(one) ? change(one) : [one]));
    backup.policy = JSON.stringify(policy);
    const found = findingsBy(rule, parseInput(JSON.stringify(stack), 'spared'), catalogue);
    return { rule, results: found.map(({ result }) => result), details: found.map(({ detail }) => detail) };
  });
}

const resultsOf = (change: Change) => foundBy(change).map(({ rule, results }) => `${rule}: ${results.join()}`);
const all = (result: string) => Object.keys(ABOUT).map((rule) => `${rule}: ${result}`);

/** The denial with further conditions. */
function on(denial: Json, ...conditions: readonly object[]): Json {
  const Condition = structuredClone(denial.Condition);
  for (const [operator, keys] of conditions.flatMap((one) => Object.entries(one)))
    Condition[operator] = { ...Condition[operator], ...keys };
  return { ...denial, Condition };
}

const named = (denial: Json, end: string | number): Json => ({ ...denial, Sid: `${denial.Sid}${end}` });
const OWN = { 'aws:PrincipalAccount': '111122223333' };

/** The account is denied it as before; for others, there is a denial with each condition. */
const sparingOthers =
  (...conditions: readonly object[]): Change =>
  (denial) => [
    named(on(denial, { StringEquals: OWN }), 'Own'),
    ...conditions.map((condition, at) => named(on(denial, { StringNotEquals: OWN }, condition), at)),
  ];

const sparingPrincipals =
  (...AWS: readonly string[]): Change =>
  ({ Principal: _, ...denial }) => [{ ...denial, NotPrincipal: { AWS } }];

test.each<[string, Change]>([
  ['by ARN', (denial) => [on(denial, { ArnNotEquals: { 'aws:PrincipalArn': READER } })]],
  ['by account', (denial) => [on(denial, { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } })]],
  ['by organization', sparingOthers({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } })],
  [
    'by a part of an organization',
    sparingOthers({ 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-abc1234567/*' } }),
  ],
  [
    'by several values at once',
    sparingOthers(...['a', 'b'].map((key) => ({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': key } }))),
  ],
  ['by a tag', sparingOthers({ StringNotEquals: { 'aws:PrincipalTag/team': 'reports' } })],
  ['by any value of a tag', sparingOthers({ Null: { 'aws:PrincipalTag/team': 'true' } })],
  [
    'by two tags',
    sparingOthers(...['a', 'b'].map((tag) => ({ StringNotEquals: { [`aws:PrincipalTag/${tag}`]: 'x' } }))),
  ],
  [
    'by a tag that names the account',
    sparingOthers({ StringNotEquals: { 'aws:PrincipalTag/of': '$${aws:PrincipalAccount}' } }),
  ],
  [
    'by two tags that are alike',
    sparingOthers({ StringNotEquals: { 'aws:PrincipalTag/one': '$${aws:PrincipalTag/other}' } }),
  ],
  ['by id', sparingOthers({ StringNotLike: { 'aws:userid': 'AROAEXAMPLEREADER0000:*' } })],
  ['by name', sparingOthers({ StringNotEquals: { 'aws:username': 'reader' } })],
  ['by kind', sparingOthers({ StringNotEquals: { 'aws:PrincipalType': 'User' } })],
  ['by who is behind it', sparingOthers({ StringNotEquals: { 'aws:SourceIdentity': 'reader' } })],
  ['by MFA', sparingOthers({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
  ['by network', sparingOthers({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
  ['by endpoint', sparingOthers({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
  ['by program', sparingOthers({ StringNotEquals: { 'aws:UserAgent': 'reports' } })],
  ['by the form of the request', sparingOthers({ StringNotEquals: { 's3:authType': 'REST-QUERY-STRING' } })],
  ['by NotPrincipal', sparingPrincipals(READER, OTHER, 'arn:aws:sts::444455556666:assumed-role/reader/reports')],
  [
    'by a denial of everything to others',
    (denial) => [
      named(on(denial, { StringEquals: OWN }), 'Own'),
      { ...denial, Condition: { StringNotEquals: { ...OWN, 'aws:PrincipalTag/team': 'reports' } } },
    ],
  ],
  [
    'by a denial of everything outside a network',
    (denial) => [
      named(on(denial, { StringEquals: OWN }), 'Own'),
      { ...denial, Condition: { StringNotEquals: OWN, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    ],
  ],
  [
    'that no list names',
    (denial) => [
      { ...denial, Principal: { AWS: ['111122223333', '999999999999'] } },
      named(on(denial, { StringEquals: { 'aws:PrincipalType': 'Anonymous' } }), 'Anyone'),
    ],
  ],
])('a denial that spares somebody of another account %s fails', (_, change) => {
  expect(resultsOf(change)).toEqual(all('fail'));
});

test.each<[string, Change]>([
  ['services', (denial) => [on(denial, { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })]],
  [
    'whoever has a tag, beside one that spares the others',
    (denial) => [
      on(denial, { StringNotEquals: { 'aws:PrincipalTag/team': 'x' } }),
      named(on(denial, { StringEquals: { 'aws:PrincipalTag/team': 'x' } }), 'Tagged'),
    ],
  ],
  [
    'a network, beside one that spares nobody',
    (denial) => [
      denial,
      {
        ...denial,
        Sid: 'Network',
        Condition: { StringNotEquals: OWN, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
    ],
  ],
])('a denial that spares %s passes', (_, change) => {
  expect(resultsOf(change)).toEqual(all('pass'));
});

test('denials that spare somebody in more ways than can be tried are a doubt', () => {
  const tagged = Array.from({ length: 24 }, (_, at) => ({
    StringNotEquals: { [`aws:PrincipalTag/t${Math.floor(at / 2)}`]: `v${at}` },
  }));
  const found = foundBy((denial) => tagged.map((tag, at) => named(on(denial, tag), at)));
  expect(found).toEqual(
    Object.keys(ABOUT).map((rule) => ({
      rule,
      results: ['unknown'],
      details: [expect.stringContaining('its denials spare callers in over 1000 ways')],
    })),
  );
});
