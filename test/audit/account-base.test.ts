import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { type AccountBase, accountBaseOf, logBucketName } from '../../lib/config/account-base';
import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { synthesizeAccountBase } from '../support/synthesize-now';
import { findingsBy, isOpen } from './one-rule';

const PLACE = { account: '111122223333', region: 'us-east-2' };
const BUCKET = logBucketName(PLACE);
const LOGGING: Environment = {
  ...loadExample(EXAMPLES, 'aes-256'),
  accessLog: { bucket: BUCKET, prefix: 'first/' },
};
const BASE: AccountBase = accountBaseOf(PLACE, [
  LOGGING,
  { ...LOGGING, name: 'second', bucket: 'another-vault-bucket' },
]);
const TEXT = synthesizeAccountBase(BASE).text;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function auditText(text: string) {
  const stack = parseInput(text, 'base');
  const tool = { name: 'test', version: '0' };
  return audit({ name: 'base', stack, catalogue, inputs: [], tool, asOf: '2026-11-25' });
}

function openIn(text: string): readonly string[] {
  const { findings } = auditText(text);
  return [
    ...new Set(findings.filter(({ result }) => result === 'fail' || result === 'unknown').map(({ rule }) => rule)),
  ];
}

test('an account base passes, with nothing waived', () => {
  const { verdict, environment, counts, account, region } = auditText(TEXT);
  expect({ verdict, environment, account, region, waived: counts.waived }).toEqual({
    verdict: 'pass',
    environment: BASE.name,
    ...PLACE,
    waived: 0,
  });
});

test('an environment that logs to it passes its audit', () => {
  expect(auditText(synthesizeStack(LOGGING).text).verdict).toBe('pass');
});

// biome-ignore lint/suspicious/noExplicitAny: the arguments of any resource of a synthesized stack
type Json = any;
type Mutant = readonly [what: string, rule: string, change: (resource: Json, stack: Json) => unknown];

const POLICY = (change: (statements: Json[]) => Json) => (resource: Json) => {
  const holder = resource.aws_s3_bucket_policy.access_log;
  const policy = JSON.parse(holder.policy);
  holder.policy = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
};
const withoutSid = (sid: string) => POLICY((all) => all.filter(({ Sid }) => Sid !== sid));
const ofDelivery = (change: object) =>
  POLICY((all) => all.map((one) => (one.Sid === 'AllowLogDelivery' ? { ...one, ...change } : one)));
const inCondition = (Condition: object) => ofDelivery({ Condition });
const ACCOUNT = { StringEquals: { 'aws:SourceAccount': PLACE.account } };
const ARN = { ArnLike: { 'aws:SourceArn': BASE.sources.map((name) => `arn:aws:s3:::${name}`) } };
const allowing = (Principal: object) =>
  POLICY((all) => [
    ...all.filter(({ Sid }) => Sid !== 'DenyWritesOfOthers'),
    { Sid: 'More', Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
  ]);
const gone = (type: string) => (resource: Json) => delete resource[type];
const set = (type: string, change: object) => (resource: Json) => Object.assign(resource[type].access_log, change);
const expiring = (change: object) => (resource: Json) => {
  const rules = resource.aws_s3_bucket_lifecycle_configuration.access_log.rule;
  Object.assign(rules[1], change);
};

const MUTANTS: readonly Mutant[] = [
  ['no log delivery', 'log-bucket-delivery', withoutSid('AllowLogDelivery')],
  ['delivery for any account', 'log-bucket-delivery', inCondition(ARN)],
  ['delivery for any bucket', 'log-bucket-delivery', inCondition(ACCOUNT)],
  [
    'delivery for one of two',
    'log-bucket-delivery',
    inCondition({ ...ACCOUNT, ArnLike: { 'aws:SourceArn': ARN.ArnLike['aws:SourceArn'][0] } }),
  ],
  ['delivery for nobody knows whom', 'log-bucket-delivery', inCondition({})],
  ['delivery with an ACL alone', 'log-bucket-delivery', ofDelivery({ Action: 's3:PutObjectAcl' })],
  ['the account writes', 'log-bucket-delivery', allowing({ AWS: `arn:aws:iam::${PLACE.account}:root` })],
  ['administrators write', 'log-bucket-delivery', withoutSid('DenyWritesOfOthers')],
  ['another service writes', 'log-bucket-delivery', allowing({ Service: 'config.amazonaws.com' })],
  ['another service that was not named', 'log-bucket-delivery', allowing({ Service: '*' })],
  ['anyone writes', 'bucket-not-public', allowing({ AWS: '*' })],
  ['another account writes', 'bucket-foreign-principals', allowing({ AWS: 'arn:aws:iam::444455556666:root' })],
  ['plain HTTP', 'bucket-tls-only', withoutSid('DenyPlainHttp')],
  ['old TLS', 'bucket-tls-version', withoutSid('DenyOldTls')],
  ['no policy', 'log-bucket-delivery', gone('aws_s3_bucket_policy')],
  [
    'a policy that locks out the deployer',
    'deployer-not-locked-out',
    POLICY(([first, ...more]) => [{ ...first, Condition: {} }, ...more]),
  ],
  [
    'a key of KMS',
    'log-bucket-settings',
    set('aws_s3_bucket_server_side_encryption_configuration', {
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } }],
    }),
  ],
  ['no default encryption', 'bucket-default-encryption', gone('aws_s3_bucket_server_side_encryption_configuration')],
  ['no versions', 'bucket-versioning', gone('aws_s3_bucket_versioning')],
  ['no public access block', 'bucket-public-access-block', gone('aws_s3_bucket_public_access_block')],
  [
    'a flag off',
    'bucket-public-access-block',
    set('aws_s3_bucket_public_access_block', { block_public_policy: false }),
  ],
  ['ACLs', 'bucket-acls-disabled', gone('aws_s3_bucket_ownership_controls')],
  ['no lifecycle', 'log-bucket-settings', gone('aws_s3_bucket_lifecycle_configuration')],
  ['a month of logs', 'log-bucket-settings', expiring({ expiration: [{ days: 30 }] })],
  ['logs of one prefix expire', 'log-bucket-settings', expiring({ filter: [{ prefix: 'first/' }] })],
  ['logs never expire', 'log-bucket-settings', expiring({ status: 'Disabled' })],
  ['it may be destroyed', 'bucket-deletion-guard', set('aws_s3_bucket', { lifecycle: { prevent_destroy: false } })],
  ['it may be emptied', 'bucket-deletion-guard', set('aws_s3_bucket', { force_destroy: true })],
  [
    'Object Lock',
    'log-bucket-settings',
    (resource) => {
      resource.aws_s3_bucket_object_lock_configuration = { access_log: { bucket: BUCKET } };
    },
  ],
  [
    'a role beside it',
    'account-base-alone',
    (resource) => {
      resource.aws_iam_role = { vault: { name: 'r', assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' } };
    },
  ],
  [
    'a second bucket',
    'account-base-alone',
    (resource) => {
      resource.aws_s3_bucket.backup = { bucket: 'first-vault-backups' };
    },
  ],
  ['a bucket of another name', 'account-base-alone', set('aws_s3_bucket', { bucket: 'first-vault-backups' })],
  [
    'another name of its own',
    'account-base-alone',
    (_, { output }) => Object.assign(output.account_base.value, { name: 'base' }),
  ],
  [
    'another bucket in the output',
    'account-base-alone',
    (_, { output }) => Object.assign(output.account_base.value, { logBucket: 'base' }),
  ],
  [
    'another account in the output',
    'account-base-alone',
    (_, { output }) => Object.assign(output.account_base.value, { account: '444455556666' }),
  ],
  [
    'an environment too',
    'account-base-alone',
    (_, { output }) => Object.assign(output, { backup_environment: { value: {} } }),
  ],
  ['any account', 'provider-settings', (_, { provider }) => delete provider.aws[0].allowed_account_ids],
];

test.each(MUTANTS)('an account base with this fails: %s (%s)', (_, rule, change) => {
  const stack = JSON.parse(TEXT);
  change(stack.resource, stack);
  expect(findingsBy(rule, parseInput(JSON.stringify(stack), 'base'), catalogue).some(isOpen)).toBe(true);
});

test('a stack of backups does not pass for an account base', () => {
  const stack = JSON.parse(synthesizeStack(LOGGING).text);
  stack.output.account_base = JSON.parse(TEXT).output.account_base;
  expect(openIn(JSON.stringify(stack))).toEqual(expect.arrayContaining(['account-base-alone', 'log-bucket-delivery']));
});

describe('the base of an account', () => {
  test('names the buckets that log to it, in order', () => {
    expect(BASE).toEqual({
      name: 'account-base-111122223333-us-east-2',
      ...PLACE,
      partition: 'aws',
      bucket: BUCKET,
      sources: ['another-vault-bucket', LOGGING.bucket],
    });
  });

  test.each([
    ['no environment logs to it', PLACE, [loadExample(EXAMPLES, 'aes-256')]],
    ['an account of eleven digits', { ...PLACE, account: '11112222333' }, [LOGGING]],
    ['a region that is none', { ...PLACE, region: 'us-east-9' }, [LOGGING]],
    ['states in two places', PLACE, [LOGGING, { ...LOGGING, state: { s3: { bucket: 'states' } } }]],
  ])('is refused where %s', (_, place, environments) => {
    expect(() => accountBaseOf(place, environments)).toThrow(expect.objectContaining({ code: 'BadAccountBase' }));
  });

  test('keeps its state where its environments keep theirs, under its own name', () => {
    const state = { s3: { bucket: 'states', prefix: 'vault/' } };
    const { terraform } = synthesizeAccountBase(accountBaseOf(PLACE, [{ ...LOGGING, state }]));
    expect(terraform.backend.s3).toMatchObject({ bucket: 'states', key: `vault/${BASE.name}.tfstate`, encrypt: true });
  });
});
