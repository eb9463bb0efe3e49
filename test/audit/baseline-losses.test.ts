import { audit } from '../../lib/audit/audit';
import { readBaseline } from '../../lib/audit/baseline/read-baseline';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { parseWaivers } from '../../lib/audit/waivers/parse-waivers';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

let catalogue: Catalogue;
let unchanged: AuditReport;

beforeAll(async () => {
  catalogue = await loadServices(['iam', 'kms', 's3', 'sts']);
  unchanged = approved();
});

const KMS: Environment = {
  ...loadExample(EXAMPLES, 'aws-kms'),
  noncurrentVersionDays: 365,
  objectLock: { mode: 'COMPLIANCE', retentionDays: 30, ended: false },
};
const OTHER_KEY = 'arn:aws:kms:us-east-2:111122223333:key/12345678-1234-1234-1234-123456789012';
const ANSWERED = '    reason: agreed\n    owner: backup team\n    expires: 2027-03-31\n';

// biome-ignore lint/suspicious/noExplicitAny: a stack is changed wherever it hurts
type Stack = any;

interface Audited {
  readonly edit?: Partial<Environment>;
  readonly change?: (stack: Stack) => unknown;
  readonly baseline?: AuditReport;
  readonly waivers?: string;
}

function audited({ edit = {}, change = () => undefined, baseline, waivers }: Audited = {}): AuditReport {
  const stack = JSON.parse(synthesizeStack({ ...KMS, ...edit }).text);
  change(stack);
  return audit({
    name: 'x',
    stack: parseInput(JSON.stringify(stack), 'cdk.tf.json'),
    catalogue,
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf: '2026-11-25',
    ...(waivers !== undefined && { waivers: { name: 'waivers.yaml', file: parseWaivers(waivers, 'waivers.yaml') } }),
    ...(baseline && { baseline: { name: 'approved.json', report: baseline } }),
  });
}

/** As it is read back from a file. */
const approved = (given?: Audited) => readBaseline(JSON.stringify(audited(given)), 'approved.json');

const OF_BASELINES = ['no-new-access', 'baseline-keeps-data', 'state-stays-shared'];
const openIn = ({ findings }: AuditReport, rules: readonly string[] = OF_BASELINES) =>
  findings
    .filter(({ rule, result, waiver }) => rules.includes(rule) && result !== 'pass' && waiver === undefined)
    .map(({ id, result }) => (result === 'fail' ? id : `(${result}) ${id}`));

const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration.backup';
const LOCK = 'aws_s3_bucket_object_lock_configuration.backup';
const KEY = 'aws_kms_key.backup';
const accept = (entry: string) => `accept:\n  - ${entry}\n${ANSWERED}`;

describe('a stack changed since its baseline', () => {
  test.each<[string, Audited, readonly string[]]>([
    ['in nothing', {}, []],
    ['in tags and label alone', { edit: { tags: { team: 'backup' }, label: 'Other' } }, []],
    ['to more days', { edit: { noncurrentVersionDays: 400 } }, []],
    ['to fewer days', { edit: { noncurrentVersionDays: 1 } }, [`${LIFECYCLE}/noncurrent-versions`]],
    ['to fewer days of uploads', { edit: { incompleteUploadDays: 1 } }, [`${LIFECYCLE}/unfinished-uploads`]],
    [
      'to a weaker lock',
      { edit: { objectLock: { mode: 'GOVERNANCE', retentionDays: 7, ended: false } } },
      [`${LOCK}/lock-shortened`, `${LOCK}/lock-weakened`],
    ],
    [
      'to a lock that has ended',
      { edit: { objectLock: { mode: 'COMPLIANCE', retentionDays: 30, ended: true } } },
      [`${LOCK}/lock-ended`],
    ],
    ['to no lock', { edit: { objectLock: undefined } }, [`${LOCK}/gone`]],
    [
      'to no protection',
      { edit: { deletionProtection: false } },
      [
        `${KEY}/deletion-admitted`,
        `${KEY}/destruction-guard`,
        'aws_s3_bucket.backup/destruction-guard',
        `${LOCK}/destruction-guard`,
      ],
    ],
    [
      'to another account',
      { edit: { account: '444455556666' } },
      ['provider.aws/another-account', 'aws_iam_role.vault/decrypt'],
    ],
    [
      'to another region',
      { edit: { region: 'eu-west-1' } },
      ['provider.aws/another-region', 'aws_iam_role.vault/decrypt'],
    ],
    [
      'to another bucket',
      { edit: { bucket: 'example-other-vault' } },
      ['aws_s3_bucket.backup/another-bucket', 'aws_iam_role.vault/decrypt'],
    ],
    [
      'to another method, with the key given up',
      { edit: { encryption: { method: 'AES-256', former: [], givenUp: ['created'] } } },
      [`${KEY}/gone`, 'aws_iam_role.vault/decrypt'],
    ],
    [
      'to another key, with the former one forgotten',
      { edit: { encryption: { method: 'AWS-KMS', key: OTHER_KEY, former: [], givenUp: [] } } },
      [`${KEY}/gone`, 'aws_iam_role.vault/decrypt'],
    ],
    [
      'to a detached policy',
      { change: ({ resource }) => delete resource.aws_iam_role_policy_attachment.kms },
      ['aws_iam_role.vault/decrypt'],
    ],
    [
      'to a key policy that leaves the role out',
      {
        change: ({ resource }) => {
          const policy = JSON.parse(resource.aws_kms_key.backup.policy);
          policy.Statement = policy.Statement.filter(({ Sid }: { Sid: string }) => Sid !== 'UseKeyThroughS3');
          resource.aws_kms_key.backup.policy = JSON.stringify(policy);
        },
      },
      ['aws_iam_role.vault/decrypt'],
    ],
    [
      'to suspended versioning',
      {
        change: ({ resource }) =>
          (resource.aws_s3_bucket_versioning.backup.versioning_configuration.status = 'Suspended'),
      },
      ['aws_s3_bucket_versioning.backup/versioning'],
    ],
  ])('%s', (_, edited, expected) => {
    const report = audited({ ...edited, baseline: unchanged });
    expect(openIn(report, ['baseline-keeps-data'])).toEqual(expected.map((one) => `baseline-keeps-data/${one}`));
  });

  test('says what is lost, with before and after', () => {
    const report = audited({ edit: { noncurrentVersionDays: 1 }, baseline: unchanged });
    expect(report.findings.find(({ rule }) => rule === 'baseline-keeps-data')).toMatchObject({
      detail: 'versions older than 1 day, kept 365 days until now, are deleted within a day',
      evidence: [
        { at: `${LIFECYCLE}: rule.1.noncurrent_version_expiration before`, value: '365 days' },
        { at: `${LIFECYCLE}: rule.1.noncurrent_version_expiration after`, value: '1 day' },
      ],
    });
  });
});

describe('a baseline of an earlier version', () => {
  const older = (report: AuditReport): AuditReport => {
    const { backend: _backend, ...rest } = report;
    return { ...rest, resources: report.resources.map(({ keeps: _keeps, ...resource }) => resource) };
  };

  test('matches an unchanged stack', () => {
    expect(openIn(audited({ baseline: older(unchanged) }))).toEqual([]);
  });

  test('leaves a doubt about each resource that has changed', () => {
    expect(openIn(audited({ edit: { noncurrentVersionDays: 1 }, baseline: older(unchanged) }))).toEqual([
      `(unknown) baseline-keeps-data/${LIFECYCLE}/not-comparable`,
    ]);
  });
});

describe('a state', () => {
  const s3 = ({ terraform }: Stack) => {
    terraform.backend = { s3: { bucket: 'states', key: 'x', encrypt: true, use_lockfile: true } };
  };

  test('that moves from a shared backend to a local file fails', () => {
    expect(openIn(audited({ baseline: approved({ change: s3 }) }))).toEqual(['state-stays-shared/terraform.backend']);
  });

  test('of an older baseline is known from its evidence', () => {
    const { backend: _backend, ...older } = approved({ change: s3 });
    expect(openIn(audited({ baseline: older }))).toEqual(['state-stays-shared/terraform.backend']);
  });

  const backend = (type: string, settings: object) => ({
    change: ({ terraform }: Stack) => {
      delete terraform.backend;
      if (type === 'cloud') terraform.cloud = settings;
      else terraform.backend = { [type]: settings };
    },
  });
  const S3 = { bucket: 'states', key: 'acme.tfstate', region: 'us-east-2' };
  const CLOUD = { organization: 'acme', workspaces: { name: 'vault' } };
  const CHANGED: readonly string[] = ['state-stays-shared/terraform.backend'];
  const DOUBT: readonly string[] = ['(unknown) state-stays-shared/terraform.backend'];

  test.each<[string, Audited, Audited, readonly string[]]>([
    ['stays a local file', {}, {}, []],
    ['becomes another local file', {}, backend('local', { path: 'other.tfstate' }), CHANGED],
    ['becomes shared', {}, { change: s3 }, []],
    ['stays shared', { change: s3 }, { change: s3 }, []],
    ['is in another bucket', backend('s3', S3), backend('s3', { ...S3, bucket: 'others' }), CHANGED],
    ['is under another key', backend('s3', S3), backend('s3', { ...S3, key: 'other.tfstate' }), CHANGED],
    ['is in another region', backend('s3', S3), backend('s3', { ...S3, region: 'eu-west-1' }), CHANGED],
    ['has no key written out', backend('s3', S3), backend('s3', { ...S3, key: undefined }), DOUBT],
    ['is encrypted otherwise', backend('s3', S3), backend('s3', { ...S3, kms_key_id: OTHER_KEY }), []],
    ['moves to a workspace', backend('s3', S3), backend('cloud', CLOUD), CHANGED],
    ['stays in its workspace', backend('cloud', CLOUD), backend('cloud', CLOUD), []],
    [
      'has its host written out',
      backend('cloud', CLOUD),
      backend('cloud', { ...CLOUD, hostname: 'app.terraform.io' }),
      [],
    ],
    [
      'is on another host',
      backend('cloud', CLOUD),
      backend('cloud', { ...CLOUD, hostname: 'tfe.acme.example' }),
      CHANGED,
    ],
    [
      'is in another organization',
      backend('cloud', CLOUD),
      backend('cloud', { ...CLOUD, organization: 'other' }),
      CHANGED,
    ],
    [
      'is in another workspace',
      backend('cloud', CLOUD),
      backend('cloud', { ...CLOUD, workspaces: { name: 'other' } }),
      CHANGED,
    ],
    ['is in a bucket of another cloud', backend('gcs', { bucket: 'a' }), backend('gcs', { bucket: 'b' }), CHANGED],
    ['is in an unknown backend', backend('consul', { path: 'a' }), backend('consul', { path: 'b' }), []],
  ])('that %s is judged by where it ends up', (_, before, after, expected) => {
    expect(openIn(audited({ ...after, baseline: approved(before) }))).toEqual(expected);
  });

  test('is reported with where it was and where it would be', () => {
    const after = backend('s3', { ...S3, bucket: 'others', key: 'b' });
    const { findings } = audited({ ...after, baseline: approved(backend('s3', S3)) });
    expect(findings.find(({ rule }) => rule === 'state-stays-shared')?.detail).toBe(
      'the state was in bucket states, and would now be in bucket others; in key acme.tfstate, and would now be in key b, where there is none',
    );
  });

  test('of a baseline that names only the kind of backend is compared by kind', () => {
    const before = approved(backend('s3', S3));
    const older = { ...before, backend: { type: 's3' } };
    expect(openIn(audited({ ...backend('s3', { ...S3, bucket: 'others' }), baseline: older }))).toEqual([]);
  });
});

describe('a lawful change of key', () => {
  const edit: Partial<Environment> = {
    encryption: { method: 'AWS-KMS', key: OTHER_KEY, former: ['created'], givenUp: [] },
  };

  test('is one finding, which lists who can do what', () => {
    const report = audited({ edit, baseline: unchanged });
    const found = report.findings.filter(({ rule }) => OF_BASELINES.includes(rule));
    expect(found.filter(({ result }) => result === 'fail')).toMatchObject([
      {
        id: 'no-new-access/*/kms:* on the key',
        detail: "the role's own policies, the role can now do kms:Decrypt, kms:GenerateDataKey on the key",
        evidence: [
          { at: "the role's own policies/kms:Decrypt on the key", value: 'the key' },
          { at: "the role's own policies/kms:GenerateDataKey on the key", value: 'the key' },
          { at: 'the role/kms:Decrypt on the key', value: 'the key' },
          { at: 'the role/kms:GenerateDataKey on the key', value: 'the key' },
        ],
      },
    ]);
  });

  test('is accepted by one entry', () => {
    const report = audited({ edit, baseline: unchanged, waivers: accept("access: '*/kms:*'") });
    expect({ verdict: report.verdict, open: openIn(report) }).toEqual({ verdict: 'pass', open: [] });
  });

  test('is not accepted by an entry that names other resources', () => {
    const report = audited({ edit, baseline: unchanged, waivers: accept('access: the role/kms:Decrypt on backups') });
    expect(openIn(report)).toEqual(['no-new-access/*/kms:* on the key']);
    expect(report.findings.map(({ rule }) => rule)).toContain('waiver-unused');
  });

  test('is accepted in part by an entry that names one action of one caller', () => {
    const report = audited({ edit, baseline: unchanged, waivers: accept('access: the role/kms:Decrypt on the key') });
    const waived = report.findings.filter(({ rule, waiver }) => rule === 'no-new-access' && waiver);
    expect({ waived: waived.map(({ id }) => id), open: openIn(report) }).toEqual({
      waived: ['no-new-access/the role/kms:Decrypt on the key'],
      open: [
        "no-new-access/the role's own policies/kms:* on the key",
        'no-new-access/the role/kms:GenerateDataKey on the key',
      ],
    });
  });
});

describe('the created key', () => {
  /** As a plan of a key that exists has it. */
  const exists = ({ resource }: Stack) => {
    resource.aws_kms_key.backup.arn = OTHER_KEY;
  };

  test.each<[string, Audited, Audited]>([
    ['the baseline is of a plan', { change: exists }, {}],
    ['the baseline is of a stack', {}, { change: exists }],
  ])('is the same key when %s', (_, before, after) => {
    const report = audited({ ...after, baseline: approved(before) });
    expect({ open: openIn(report), access: report.baseline?.access }).toEqual({
      open: [],
      access: { gained: [], lost: [] },
    });
  });
});

describe('an entry that accepts a loss', () => {
  const edit = { noncurrentVersionDays: 1, limits: { versionDays: 1 } };

  test.each([`loss: ${LIFECYCLE}/noncurrent-versions`, "loss: '*/noncurrent-versions'", "loss: 'aws_s3_*'"])(
    'counts: %s',
    (entry) => {
      const report = audited({ edit, baseline: unchanged, waivers: accept(entry) });
      expect({ verdict: report.verdict, open: openIn(report) }).toEqual({ verdict: 'pass', open: [] });
    },
  );

  test.each([
    ['names another loss', accept('loss: aws_kms_key.backup/gone'), 'waiver-unused'],
    ['matches nothing', accept("loss: '*/lock-*'"), 'waiver-unused'],
    ['is about access', accept("access: '*/noncurrent-versions'"), 'waiver-unused'],
    ['has no owner', "accept:\n  - loss: '*'\n", 'waiver-incomplete'],
    [
      'is a waiver',
      `waivers:\n  - rule: baseline-keeps-data\n    resource: ${LIFECYCLE}/noncurrent-versions\n${ANSWERED}`,
      'waiver-unused',
    ],
  ])('does not count when it %s', (_, waivers, flaw) => {
    const report = audited({ edit, baseline: unchanged, waivers });
    expect(openIn(report, [...OF_BASELINES, flaw])).toEqual(
      expect.arrayContaining([`baseline-keeps-data/${LIFECYCLE}/noncurrent-versions`, expect.stringMatching(flaw)]),
    );
  });

  test('names either access or a loss', () => {
    expect(() => parseWaivers(accept('access: a\n    loss: b'), 'w.yaml')).toThrow('must name access or loss');
    expect(() => parseWaivers(accept('environment: a'), 'w.yaml')).toThrow('must name access or loss');
  });
});
