import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { KeptStatement } from '../../lib/config/bucket-policy/schema';
import { parseEnvironment } from '../../lib/config/parse';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const EXAMPLE = loadExample(EXAMPLES, 'aes-256');
const BUCKET = `arn:aws:s3:::${EXAMPLE.bucket}`;
const OBJECTS = `${BUCKET}/*`;
const PARTNER = 'arn:aws:iam::444455556666:root';
const WHY = { reason: 'reads backups of an earlier product', owner: 'backup team' };

const partner = (change: object = {}, more: object = {}): KeptStatement =>
  ({
    ...WHY,
    statement: {
      ...{ Sid: 'Partner', Effect: 'Allow', Principal: { AWS: PARTNER }, Action: 's3:GetObject', Resource: OBJECTS },
      ...change,
    },
    ...more,
  }) as KeptStatement;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const textWith = (...keep: readonly KeptStatement[]) =>
  synthesizeStack({ ...EXAMPLE, bucketPolicy: { keep: [...keep] } }).text;

function auditText(text: string) {
  const stack = parseInput(text, 'kept');
  const tool = { name: 'test', version: '0' };
  return audit({ name: 'kept', stack, catalogue, inputs: [], tool, asOf: '2026-11-25' });
}

function openIn(text: string): readonly string[] {
  const open = auditText(text).findings.filter(({ result, waiver }) => ['fail', 'unknown'].includes(result) && !waiver);
  return [...new Set(open.map(({ rule }) => rule))];
}

test('a statement that is kept is in the policy, in the proof with who answers for it, and fails nothing', () => {
  const text = textWith(partner());
  const { verdict, findings, proof } = auditText(text);
  expect({ open: openIn(text), verdict }).toEqual({ open: [], verdict: 'pass' });
  const policy = JSON.parse(JSON.parse(text).resource.aws_s3_bucket_policy.backup.policy);
  expect(policy.Statement.at(-1)).toEqual(partner().statement);
  expect(findings.filter(({ rule }) => rule === 'bucket-policy-kept')).toMatchObject([
    { result: 'pass', detail: "'Partner' is kept by backup team: reads backups of an earlier product" },
  ]);
  const kept = proof?.items.filter(({ id }) => id.includes('/kept/')) ?? [];
  expect(kept.map(({ title, result }) => `${result}: ${title}`)).toEqual(
    ['backups', 'probes', 'search results'].map(
      (on) =>
        `pass: arn:aws:iam::444455556666:role/administrator may s3:GetObject on ${on}, ` +
        'kept on purpose: Partner: reads backups of an earlier product (backup team)',
    ),
  );
});

test.each([
  ['that a service may read', partner({ Principal: { Service: 'macie.amazonaws.com' } })],
  [
    'that a role of the account may list',
    partner({
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reporting' },
      Action: 's3:ListBucket',
      Resource: BUCKET,
    }),
  ],
  [
    'that denies something that Vault does not need',
    partner({ Effect: 'Deny', Principal: '*', Action: 's3:GetObjectTorrent' }),
  ],
])('a statement is kept %s', (_, kept) => {
  expect(openIn(textWith(kept))).toEqual([]);
});

test.each([
  ['to everybody', partner({ Principal: '*' }), 'bucket-policy-kept'],
  ['to everybody of AWS', partner({ Principal: { AWS: '*' } }), 'bucket-not-public'],
  ['the policy itself', partner({ Action: 's3:PutBucketPolicy', Resource: BUCKET }), 'no-second-step'],
  [
    'more to the role',
    partner({
      Principal: { AWS: 'arn:aws:iam::111122223333:role/vault-backup-aes-256' },
      Action: 's3:PutLifecycleConfiguration',
      Resource: BUCKET,
    }),
    'permission-proof',
  ],
  [
    'to any organization',
    partner({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } } }),
    'permission-proof',
  ],
])('a statement that is kept and opens %s fails', (_, kept, rule) => {
  expect(openIn(textWith(kept))).toContain(rule);
});

test('a statement that is kept and keeps Vault from its backups fails', () => {
  const kept = partner({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject' });
  expect(openIn(textWith(kept))).toContain('permission-proof');
});

// biome-ignore lint/suspicious/noExplicitAny: a synthesized stack
type Json = any;

test.each<[string, (stack: Json) => unknown, readonly string[]]>([
  [
    'that nobody answers for',
    ({ output }) => delete output.bucket_policy_kept.value[0].owner,
    ['permission-proof', 'bucket-foreign-principals', 'bucket-policy-kept'],
  ],
  [
    'without a reason',
    ({ output }) => Object.assign(output.bucket_policy_kept.value[0], { reason: ' ' }),
    ['permission-proof', 'bucket-foreign-principals', 'bucket-policy-kept'],
  ],
  [
    'that is not declared',
    ({ output }) => delete output.bucket_policy_kept,
    ['permission-proof', 'bucket-foreign-principals'],
  ],
  [
    'that the policy does not have',
    ({ output }) => output.bucket_policy_kept.value.push({ ...WHY, sid: 'Other' }),
    ['bucket-policy-kept'],
  ],
])('a statement %s fails', (_, change, rules) => {
  const stack = JSON.parse(textWith(partner()));
  change(stack);
  expect(openIn(JSON.stringify(stack))).toEqual(rules);
});

describe('an environment file', () => {
  const issuesOf = (...keep: readonly object[]) => {
    const { name: _name, partition: _partition, ...file } = EXAMPLE;
    const parsed = parseEnvironment(JSON.stringify({ ...file, bucketPolicy: { keep } }), 'acme', 'acme.yaml');
    return 'issues' in parsed ? parsed.issues.map(({ path, message }) => `${path}: ${message}`) : [];
  };

  test('keeps no statement under a Sid of the stack', () => {
    const own = ['aes-256', 'aws-kms'].flatMap((name) =>
      synthesizeStack(loadExample(EXAMPLES, name)).statements('aws_s3_bucket_policy.backup'),
    );
    for (const { Sid } of own)
      expect(issuesOf(partner({ Sid }))).toEqual([
        `bucketPolicy.keep: must have Sids of their own, got one that is taken: ${Sid}`,
      ]);
  });

  test.each([
    ['twice', [partner(), partner()], 'bucketPolicy.keep: must have Sids of their own, got one that is taken: Partner'],
    [
      'about another bucket',
      [partner({ Resource: 'arn:aws:s3:::other/*' })],
      `bucketPolicy.keep: must be about ${BUCKET} and its objects alone, got: arn:aws:s3:::other/*`,
    ],
    ['without an owner', [partner({}, { owner: '' })], 'bucketPolicy.keep.0.owner: must'],
    [
      'with what Terraform would evaluate',
      [partner({ Resource: `${OBJECTS}\u0024{aws:username}` })],
      'bucketPolicy.keep.0.statement.Resource: must',
    ],
  ])('keeps no statement %s', (_, keep, issue) => {
    expect(issuesOf(...keep).join('\n')).toContain(issue);
  });
});
