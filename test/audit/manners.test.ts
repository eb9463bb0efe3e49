import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingPlace } from '../../lib/audit/report/finding-place';
import { renderHtml } from '../../lib/audit/reports/html/page';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { UnknownValue } from '../../lib/audit/stack/unknown-value';
import { auditPlan, MANNERS, toldIn } from './manners';

// Planned by Terraform 1.11 with provider 5.100 in test/fixtures/terraform-modules/manners, before anything was there;
// `right-standing` once more after it was applied. test/provider/manners.test.ts plans them anew.
const planOf = (name: string) =>
  readFileSync(join(__dirname, '..', 'fixtures', 'plans', `manner-${name}.json`), 'utf8');

/** Neither the backend nor `lifecycle` stands in a plan. */
const NOT_IN_A_PLAN = ['unknown state-backend: terraform.backend'];

const BACKUPS = 'aws_s3_bucket.backups';
const ROLE = 'module.role.aws_iam_role.this[0]';
const NO_BUCKET_POLICY = ['bucket-customer-keys', 'bucket-tls-only', 'bucket-tls-version', 'bucket-wrong-encryption'];
const failsOf = (resource: string, rules: readonly string[]) => rules.map((rule) => `fail ${rule}: ${resource}`);
const doubtsOf = (rule: string, resources: readonly string[]) => resources.map((one) => `unknown ${rule}: ${one}`);

/** Everything that a reader finds in a plan of it, each once. */
const TOLD: Readonly<Record<(typeof MANNERS)[number], readonly string[]>> = {
  // Bucket and key are not there yet, so that the policies which name them, and the block that does, wait for them.
  right: [
    ...NOT_IN_A_PLAN,
    ...doubtsOf('bucket-deletion-guard', ['module.bucket.aws_s3_bucket.this[0]']),
    ...doubtsOf('kms-deletion-window', ['module.key.aws_kms_key.this[0]']),
    ...doubtsOf('arguments-understood', ['module.bucket.aws_s3_bucket_server_side_encryption_configuration.this[0]']),
    ...doubtsOf('policies-readable', [
      'module.bucket.aws_s3_bucket_policy.this[0]',
      'module.policy.aws_iam_policy.policy[0]',
    ]),
  ],
  bucket: [
    ...NOT_IN_A_PLAN,
    ...failsOf('module.bucket["logs"].aws_s3_bucket.this[0]', ['bucket-tls-only', 'bucket-tls-version']),
    ...failsOf('module.bucket["logs"].aws_s3_bucket_versioning.this[0]', ['bucket-versioning']),
    ...failsOf('module.bucket["backups"].aws_s3_bucket_lifecycle_configuration.this[0]', ['current-objects-kept']),
    ...failsOf('aws_iam_role.host', ['iam-no-inline-policies', 'role-tagged']),
    ...['bucket-deletion-guard', 'resources-belong'].flatMap((rule) =>
      doubtsOf(rule, ['module.bucket["backups"].aws_s3_bucket.this[0]', 'module.bucket["logs"].aws_s3_bucket.this[0]']),
    ),
    ...doubtsOf('policies-readable', [
      'aws_iam_role_policy.host',
      'module.bucket["backups"].aws_s3_bucket_policy.this[0]',
    ]),
  ],
  role: [
    ...NOT_IN_A_PLAN,
    ...failsOf(BACKUPS, [...NO_BUCKET_POLICY, 'bucket-access-logging', 'bucket-acls-disabled', 'bucket-lifecycle']),
    ...failsOf(ROLE, ['role-tagged', 'role-trust', 'within-limits']),
    ...doubtsOf('bucket-deletion-guard', [BACKUPS]),
    ...doubtsOf('policies-readable', [
      'module.policy["listing"].aws_iam_policy.policy[0]',
      'module.policy["objects"].aws_iam_policy.policy[0]',
    ]),
  ],
  key: [
    ...NOT_IN_A_PLAN,
    ...failsOf(BACKUPS, [
      ...[...NO_BUCKET_POLICY, 'bucket-access-logging', 'bucket-acls-disabled', 'bucket-lifecycle'],
      ...['bucket-public-access-block', 'bucket-versioning', 'bucket-wrong-key'],
    ]),
    ...failsOf('module.key.aws_kms_key.this[0]', [
      ...['key-administration', 'key-deletion-refused', 'key-policy-survives-role'],
      ...['kms-deletion-window', 'kms-key-rotation'],
    ]),
    ...failsOf(ROLE, ['role-own-account-only', 'role-tagged']),
    ...doubtsOf('bucket-deletion-guard', [BACKUPS]),
    ...doubtsOf('resources-understood', ['module.key.aws_kms_grant.this["backup"]']),
    ...doubtsOf('policies-readable', ['module.key.aws_kms_key.this[0]', 'module.policy.aws_iam_policy.policy[0]']),
  ],
  'labelled-bucket': [
    ...NOT_IN_A_PLAN,
    ...failsOf('module.logs.aws_s3_bucket_policy.default[0]', ['bucket-tls-version']),
    ...failsOf(ROLE, ['role-own-account-only']),
    ...doubtsOf('bucket-deletion-guard', [
      'module.backups.aws_s3_bucket.default[0]',
      'module.logs.aws_s3_bucket.default[0]',
    ]),
    ...doubtsOf('resources-belong', ['module.backups.aws_s3_bucket.default[0]']),
    ...doubtsOf('policies-readable', [
      'module.backups.aws_s3_bucket_policy.default[0]',
      'module.logs.aws_s3_bucket_policy.default[0]',
      'module.policy.aws_iam_policy.policy[0]',
    ]),
  ],
};

test.each(MANNERS)('of a plan in the manner of a module exactly what a reader finds is told: %s', async (name) => {
  expect(toldIn(await auditPlan(planOf(name)))).toEqual([...TOLD[name]].sort());
});

test('one that is right in every point passes once it stands, but for what no plan shows', async () => {
  const shown = [
    ['bucket-deletion-guard', 'module.bucket.aws_s3_bucket.this[0]'],
    ['kms-deletion-window', 'module.key.aws_kms_key.this[0]'],
    ['state-backend', 'terraform.backend'],
  ] as const;
  const report = await auditPlan(planOf('right-standing'));
  expect(toldIn(report)).toEqual(shown.map(([rule, resource]) => `unknown ${rule}: ${resource}`));
  const answers = { reason: 'looked up in its source', owner: 'me', expires: '2026-12-31' };
  const waivers = shown.flatMap(([rule, resource]) =>
    report.findings
      .filter((one) => one.rule === rule && one.resource === resource)
      .map((one) => ({ rule, resource: findingPlace(one), ...answers })),
  );
  const { verdict, proof } = await auditPlan(planOf('right-standing'), { waivers, accept: [] });
  expect([verdict, proof?.verdict]).toEqual(['pass', 'pass']);
});

/** An argument as it is read from a plan. */
function read(name: string, address: string, argument: string): unknown {
  const { resources } = parseInput(planOf(name), 'plan.json');
  const value = resources.find((one) => one.address === address)?.arguments[argument];
  return value instanceof UnknownValue ? { because: value.because } : value;
}

const statementsOf = (name: string, address: string) =>
  JSON.parse(String(read(name, address, 'policy'))).Statement as readonly { readonly Sid?: string }[];

test('a policy of parts that are joined is read through them, also where some are not there', () => {
  const statements = statementsOf('right', 'module.bucket.aws_s3_bucket_policy.this[0]');
  expect(statements.map(({ Sid }) => Sid)).toEqual([
    ...['denyInsecureTransport', 'denyOutdatedTLS', 'denyIncorrectEncryptionHeaders', 'denyIncorrectKmsKeySse'],
    'denyCustomerKeys',
  ]);
  expect(statements[3]).toEqual({
    Sid: 'denyIncorrectKmsKeySse',
    Effect: 'Deny',
    Action: ['s3:PutObject'],
    Resource: ['${module.bucket.aws_s3_bucket.this[0].arn}/*'],
    Principal: '*',
    Condition: {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': ['false'] },
      StringNotEqualsIfExists: {
        's3:x-amz-server-side-encryption-aws-kms-key-id': ['${module.key.aws_kms_key.this[0].arn}'],
      },
    },
  });
});

test.each<[how: string, plan: string, address: string, argument: string, expected: unknown]>([
  [
    'a dynamic block in another statement',
    'right',
    'module.policy.aws_iam_policy.policy[0]',
    'policy',
    expect.stringContaining('"Resource":["${module.bucket.aws_s3_bucket.this[0].arn}"]'),
  ],
  [
    'a dynamic statement with a principal that only one role can be',
    'key',
    'module.key.aws_kms_key.this[0]',
    'policy',
    expect.stringContaining('"Principal":{"AWS":["${module.role.aws_iam_role.this[0].arn}"]}'),
  ],
  [
    'a dynamic statement of a bucket policy',
    'labelled-bucket',
    'module.logs.aws_s3_bucket_policy.default[0]',
    'policy',
    expect.stringContaining(
      '"Resource":["${module.logs.aws_s3_bucket.default[0].arn}","${module.logs.aws_s3_bucket.default[0].arn}/*"]',
    ),
  ],
  [
    "the id of a bucket's policy",
    'right',
    'module.bucket.aws_s3_bucket_ownership_controls.this[0]',
    'bucket',
    '${module.bucket.aws_s3_bucket.this[0].id}',
  ],
  [
    'local values, where one bucket is in reach',
    'labelled-bucket',
    'module.logs.aws_s3_bucket_versioning.default[0]',
    'bucket',
    '${module.logs.aws_s3_bucket.default[0].id}',
  ],
  [
    'local values, where the module makes one bucket',
    'labelled-bucket',
    'module.backups.aws_s3_bucket_versioning.default[0]',
    'bucket',
    '${module.backups.aws_s3_bucket.default[0].id}',
  ],
  [
    'a map of several, keyed alike',
    'role',
    'module.role.aws_iam_role_policy_attachment.this["listing"]',
    'policy_arn',
    '${module.policy["listing"].aws_iam_policy.policy[0].arn}',
  ],
])('an argument is read through %s', (_, plan, address, argument, expected) => {
  expect(read(plan, address, argument)).toEqual(expected);
});

test.each<[how: string, plan: string, address: string, argument: string, because: string]>([
  [
    'a map of documents in local values',
    'role',
    'module.policy["listing"].aws_iam_policy.policy[0]',
    'policy',
    'it is made of local values when it is applied',
  ],
  [
    'a list of resources of unknown length',
    'labelled-bucket',
    'module.backups.aws_s3_bucket_policy.default[0]',
    'policy',
    "'resources' of 'AllowPrivilegedPrincipal[0]' in module.backups.data.aws_iam_policy_document.bucket_policy[0]",
  ],
  [
    'documents among which are local values',
    'bucket',
    'module.bucket["backups"].aws_s3_bucket_policy.this[0]',
    'policy',
    '\'source_policy_documents\' of module.bucket["backups"].data.aws_iam_policy_document.combined[0]',
  ],
  [
    'a dynamic block that is open as a whole',
    'right',
    'module.bucket.aws_s3_bucket_server_side_encryption_configuration.this[0]',
    'rule',
    "'rule' of module.bucket.aws_s3_bucket_server_side_encryption_configuration.this[0], known after apply",
  ],
])('no argument is read through %s', (_, plan, address, argument, because) => {
  expect(read(plan, address, argument)).toEqual({ because });
});

test('the page lists everybody whom readable policies name, and where others may be named', async () => {
  const page = renderHtml(await auditPlan(planOf('bucket')));
  const named = /<caption>Whom the policies name.*?<\/table>/s.exec(page)?.[0];
  expect(named).toContain('ec2.amazonaws.com');
  expect(page).toContain('<p>Not readable, so that others may be named there:</p>');
  expect(page).toContain('<li><code>aws_iam_role_policy.host: policy</code></li>');
});

test('the page lists whom the policies of a key name beside a grant that is not known', async () => {
  const named = /<caption>Whom the policies name.*?<\/table>/s.exec(renderHtml(await auditPlan(planOf('key'))))?.[0];
  expect(named).toContain('arn:aws:iam::111122223333:role/administrator');
  expect(named).toContain('arn:aws:iam::111122223333:role/acme-backup');
});
