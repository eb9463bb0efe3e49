import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { ToolkitError } from '../../lib/errors';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const TEXT = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function auditText(text: string) {
  return audit({
    name: 'x',
    stack: parseInput(text, 'x.json'),
    catalogue,
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf: '2026-11-25',
  });
}

const json = (value: unknown) => JSON.stringify(value);
const plan = (changes: readonly object[], more: object = {}) =>
  json({ format_version: '1.2', resource_changes: changes, ...more });

/** As Terraform 1.11 writes a plan that failed for another account and region than those of the state. */
const MOVED = {
  format_version: '1.2',
  errored: true,
  configuration: {
    provider_config: {
      aws: {
        name: 'aws',
        expressions: {
          allowed_account_ids: { constant_value: ['444455556666'] },
          region: { constant_value: 'eu-west-1' },
        },
      },
    },
  },
};
const KEY = {
  address: 'aws_kms_key.backup',
  mode: 'managed',
  type: 'aws_kms_key',
  values: { arn: 'arn:aws:kms:us-east-2:111122223333:key/6215c943-361d-4988-86a0-92ad576f83f4' },
};
const BUCKET = {
  address: 'aws_s3_bucket.backup',
  mode: 'managed',
  type: 'aws_s3_bucket',
  values: { arn: 'arn:aws:s3:::acme-vault-backup', region: 'us-east-2' },
};

test.each<[string, string, string, string]>([
  ['an empty file', '', 'BrokenJson', "'x.json' must be a JSON document"],
  ['a stack below a warning', `Warning: x\n\n${TEXT}`, 'BrokenJson', "'x.json' must be a JSON document"],
  ['a truncated stack', TEXT.slice(0, TEXT.length / 2), 'BrokenJson', "'x.json' must be a JSON document"],
  [
    'a name that occurs twice',
    TEXT.replace('"resource": {', '"resource": {"aws_s3_bucket": {},'),
    'BadStack',
    'once, got: "aws_s3_bucket"',
  ],
  ...['constructor', '__proto__', 'toString'].flatMap((type): [string, string, string, string][] => [
    [
      `a resource of the type ${type}`,
      `{"provider":{"aws":{}},"resource":{"${type}":{"a":{}}}}`,
      'BadStack',
      `got: "${type}"`,
    ],
    [
      `a backend of the type ${type}`,
      `{"provider":{"aws":{}},"terraform":{"backend":{"${type}":{"a":"b"}}}}`,
      'BadStack',
      `got: "${type}"`,
    ],
    [
      `a planned resource of the type ${type}`,
      plan([{ address: 'a.b', type, name: 'b', change: { actions: ['create'], before: null, after: {} } }]),
      'BadStack',
      `got: "${type}"`,
    ],
  ]),
  [
    'too many levels',
    `{"resource":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    'BadStack',
    'must have at most 100 levels',
  ],
  ['a list', '[]', 'BadStack', "'x.json' must be a JSON object"],
  [
    'an object of another kind',
    '{"a":1}',
    'BadStack',
    'must be a cdk.tf.json or a plan of terraform show -json, got: an object of a',
  ],
  [
    'a stack without a provider',
    json({ resource: {}, terraform: {} }),
    'BadStack',
    "'provider.aws' must be one provider",
  ],
  [
    'a resource that is a list',
    TEXT.replace('"aws_s3_bucket": {', '"aws_s3_bucket": [], "x": {'),
    'BadStack',
    'must be an object, got: []',
  ],
  ['a state', json({ format_version: '1.0', values: {} }), 'NotAPlan', 'got: a state'],
  ['a plan that failed', plan([], { errored: true }), 'UnsupportedPlan', 'must be a plan that succeeded'],
  [
    'a plan that failed because the environment is in another account',
    json({ ...MOVED, prior_state: { values: { root_module: { resources: [KEY] } } } }),
    'EnvironmentMoved',
    'the environment is in the account 111122223333, and 444455556666 is another one: bucket, key and backups stay behind',
  ],
  [
    'a plan that failed in another region and took existing resources for deleted',
    json({ ...MOVED, resource_drift: [{ ...BUCKET, change: { before: BUCKET.values } }] }),
    'EnvironmentMoved',
    'Instead: region: us-east-2 keeps the environment where it is; or a second environment file',
  ],
  [
    'a plan of a later format',
    json({ format_version: '2.0', resource_changes: [] }),
    'UnsupportedPlan',
    'format_version of 1, got: "2.0"',
  ],
  ['a plan without resources', plan([]), 'NothingToAudit', 'must create a bucket (aws_s3_bucket), got: no resources'],
  [
    'a plan of another provider',
    plan([
      {
        address: 'google_storage_bucket.b',
        mode: 'managed',
        type: 'google_storage_bucket',
        change: { actions: ['create'], after: {} },
      },
    ]),
    'NothingToAudit',
    'got: google_storage_bucket',
  ],
  [
    'a plan with a change that is text',
    plan([{ address: 'a.b', mode: 'managed', type: 'a', change: 'x' }]),
    'BadStack',
    "'a.b': 'change' must be an object",
  ],
])('%s gets an error that says what is wrong', (_, text, code, message) => {
  let error: unknown;
  try {
    auditText(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ToolkitError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});

test('references in a circle are reported as such, and nothing that depends on them passes', () => {
  const stack = JSON.parse(TEXT);
  stack.resource.aws_s3_bucket.backup.bucket = '${aws_iam_role.vault.name}';
  stack.resource.aws_iam_role.vault.name = '${aws_s3_bucket.backup.bucket}';
  const { verdict, findings } = auditText(json(stack));
  expect(verdict).not.toBe('pass');
  const proof = findings.find(({ rule }) => rule === 'permission-proof');
  expect(proof).toMatchObject({ result: 'unknown', detail: expect.stringContaining('which refers to itself') });
});

test('a resource of an unknown type is always a doubt', () => {
  const stack = JSON.parse(TEXT);
  stack.resource.acme_thing = { x: {} };
  const { verdict, findings } = auditText(json(stack));
  expect(verdict).toBe('unknown');
  expect(findings.filter(({ result }) => result === 'unknown')).toMatchObject([
    {
      rule: 'resources-understood',
      resource: 'acme_thing.x',
      detail: 'what acme_thing gives access to is not known here',
    },
  ]);
});

test('a plan nested deeper than any call stack ends in an error, not in a pass', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(() => auditText(plan([]).replace('"resource_changes":[]', `"resource_changes":${deep}`))).toThrow();
});

test('an undocumented condition key leaves a doubt in the rules that evaluate it, and stops none from running', () => {
  const { verdict, findings } = auditText(TEXT.replaceAll('aws-kms-key-id', 'aws-kms-other-id'));
  expect(verdict).toBe('fail');
  const rules = (result: string) => findings.filter((one) => one.result === result).map(({ rule }) => rule);
  expect(rules('unknown')).toEqual(
    expect.arrayContaining(['permission-proof', 'bucket-tls-only', 'deployer-not-locked-out']),
  );
  expect(rules('fail')).toContain('policies-valid');
  expect(rules('pass')).toContain('bucket-versioning');
});

test('a stack with the mark of UTF-8, as PowerShell writes it, is read as without', () => {
  const text = synthesizeStack(loadExample(EXAMPLES, 'aes-256')).text;
  expect(parseInput(`\uFEFF${text}`, 'x.json')).toEqual(parseInput(text, 'x.json'));
});
