import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { UnknownValue } from '../../lib/audit/stack/unknown-value';
import { loadServices } from '../../lib/catalogue';

// Planned by Terraform 1.11 with provider 5.100 in test/fixtures/terraform-modules/references, without an account.
const TEXT = readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'references.json'), 'utf8');
const STACK = parseInput(TEXT, 'references.json');

const resourceAt = (address: string) => STACK.resources.find((one) => one.address === address);

/** What an argument is read as; `because` where it stays unknown. */
function read(address: string, argument: string): unknown {
  const value = resourceAt(address)?.arguments[argument];
  return value instanceof UnknownValue ? { because: value.because } : value;
}

const MADE = 'when it is applied';

test.each<[how: string, address: string, argument: string, expected: unknown]>([
  ['join of a splat', 'module.one.aws_s3_bucket_versioning.this', 'bucket', '${module.one.aws_s3_bucket.this[0].id}'],
  ['try', 'module.one.aws_s3_bucket_policy.this[0]', 'bucket', '${module.one.aws_s3_bucket.this[0].id}'],
  [
    'condition in an output',
    'aws_s3_bucket_public_access_block.one',
    'bucket',
    '${module.one.aws_s3_bucket.this[0].id}',
  ],
  ['output of several', 'aws_s3_bucket_ownership_controls.one', 'bucket', '${module.one.aws_s3_bucket.this[0].id}'],
  ['index by each.key', 'aws_s3_bucket_versioning.each["logs"]', 'bucket', '${aws_s3_bucket.each["logs"].id}'],
  [
    'for_each over a resource',
    'aws_s3_bucket_public_access_block.each["main"]',
    'bucket',
    '${aws_s3_bucket.each["main"].id}',
  ],
  [
    'for_each over a module',
    'aws_s3_bucket_ownership_controls.sealed["a"]',
    'bucket',
    '${module.sealed["a"].aws_s3_bucket.this.id}',
  ],
  [
    'attribute of a whole resource that a module hands out',
    'aws_s3_bucket_public_access_block.sealed',
    'bucket',
    '${module.sealed["b"].aws_s3_bucket.this.id}',
  ],
  [
    'policy of the same key',
    'aws_iam_role_policy_attachment.each["write"]',
    'policy_arn',
    '${aws_iam_policy.each["write"].arn}',
  ],
  ['one of a splat', 'aws_iam_role_policy_attachment.both', 'policy_arn', '${aws_iam_policy.both.arn}'],
  ['local value, where there is one key alone', 'aws_kms_alias.only', 'target_key_id', '${aws_kms_key.only.key_id}'],
  ['choice of two buckets', 'aws_s3_bucket_logging.each', 'target_bucket', { because: 'known after apply' }],
  ['function of two buckets', 'aws_s3_bucket_versioning.doubtful', 'bucket', { because: 'known after apply' }],
  [
    'choice of two documents',
    'aws_iam_policy.each["list"]',
    'policy',
    {
      because: `it is made of data.aws_iam_policy_document.list.json, data.aws_iam_policy_document.write.json ${MADE}`,
    },
  ],
  [
    'policy that a function makes',
    'aws_iam_policy.made',
    'policy',
    { because: `it is made of aws_s3_bucket.each["main"].arn ${MADE}` },
  ],
  [
    'dynamic block that can only be about one key',
    'aws_iam_policy.dynamic',
    'policy',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["${aws_kms_key.only.arn}"]}]}',
  ],
])('an argument is read through a %s', (_, address, argument, expected) => {
  expect(read(address, argument)).toEqual(expected);
});

test('a document is put together as the provider does it', () => {
  const policy = JSON.parse(String(read('aws_iam_policy.both', 'policy')).replaceAll('["main"]', ''));
  expect(policy).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'List', Effect: 'Deny', Action: 's3:*', Resource: '*' },
      {
        Sid: 'Write',
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: ['${aws_s3_bucket.each.arn}/*'],
        Condition: { StringEquals: { 'aws:PrincipalTag/team': ['$${aws:username}'] } },
      },
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: ['${aws_kms_key.only.arn}'] },
    ],
  });
});

const GIVEN = { account: '111122223333', capabilities: ['backup'] };

async function findingsOf(text: string) {
  const catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
  const input = { name: 'x', stack: parseInput(text, 'x'), catalogue, inputs: [], tool: { name: 't', version: '0' } };
  return audit({ ...input, asOf: '2026-11-25', given: GIVEN }).findings;
}

test('what is assumed of a document is said, and judged', async () => {
  const about = (await findingsOf(TEXT)).filter(
    ({ resource }) => resource === 'module.one.aws_s3_bucket_policy.this[0]',
  );
  expect(about.find(({ rule }) => rule === 'policies-readable')).toMatchObject({
    result: 'unknown',
    detail:
      "a plan shows no functions, so 'policy' is assumed to be data.aws_iam_policy_document.late and nothing else",
  });
  expect(about.find(({ rule }) => rule === 'bucket-tls-only')).toMatchObject({ result: 'pass' });
});

test('a lifecycle of a bucket that the plan makes ends nothing', async () => {
  const losses = (await findingsOf(TEXT)).filter(({ rule }) => rule === 'plan-keeps-data');
  expect(losses.map(({ result }) => result)).toEqual(['pass']);
});

describe('a stack in JSON, whose plan keeps the templates', () => {
  const leaf = (...values: readonly string[]) => ({ constant_value: values, references: ['aws_s3_bucket.b.arn'] });
  const change = (after: object, unknown: object) => ({
    actions: ['create'],
    before: null,
    after,
    after_unknown: unknown,
  });
  const bucket = { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket' };
  const document = { address: 'data.aws_iam_policy_document.d', mode: 'data', type: 'aws_iam_policy_document' };
  const policy = { address: 'aws_s3_bucket_policy.b', mode: 'managed', type: 'aws_s3_bucket_policy' };
  const planOf = (template: string, unknown: object = { statement: [{ resources: [true] }] }) => {
    const statement = [{ actions: ['s3:GetObject'], effect: 'Allow', resources: [null], principals: [] }];
    const expressions = { policy: { constant_value: template, references: ['data.aws_iam_policy_document.d.json'] } };
    return JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        { ...bucket, change: change({ bucket: 'acme' }, { arn: true }) },
        { ...policy, change: change({ bucket: 'acme' }, { policy: true }) },
        { ...document, change: change({ statement }, unknown) },
      ],
      configuration: {
        root_module: {
          resources: [
            { ...policy, expressions },
            { ...document, expressions: { statement: [{ resources: leaf('${aws_s3_bucket.b.arn}/backups/*') }] } },
          ],
        },
      },
    });
  };
  const policyIn = (text: string) => parseInput(text, 'x').resources.find(({ address }) => address === policy.address);

  test('is read in full, and nothing is assumed', () => {
    const { arguments: given, assumed } = policyIn(planOf('${data.aws_iam_policy_document.d.json}')) ?? {};
    expect(JSON.parse(String(given?.policy)).Statement).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['${aws_s3_bucket.b.arn}/backups/*'] },
    ]);
    expect(assumed).toBeUndefined();
  });

  test.each<[string, string, object | undefined]>([
    ['in a function', '${replace(data.aws_iam_policy_document.d.json, "Allow", "Deny")}', undefined],
    ['of another name', '${data.aws_iam_policy_document.e.json}', undefined],
    ['whose statements are open', '${data.aws_iam_policy_document.d.json}', { statement: true }],
    ['whose principals are open', '${data.aws_iam_policy_document.d.json}', { statement: [{ principals: true }] }],
    ['whose effect is open', '${data.aws_iam_policy_document.d.json}', { statement: [{ effect: true }] }],
    ['whose sources are open', '${data.aws_iam_policy_document.d.json}', { source_policy_documents: true }],
    ['whose version is open', '${data.aws_iam_policy_document.d.json}', { version: true }],
    ['with an older source', '${data.aws_iam_policy_document.d.json}', { source_json: true }],
  ])('leaves a document %s unknown', async (_, template, unknown) => {
    const found = (await findingsOf(planOf(template, unknown))).filter(({ rule }) => rule === 'policies-readable');
    expect(found.map(({ result }) => result)).toEqual(['unknown']);
  });
});
