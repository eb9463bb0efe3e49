import { renderDiff } from '../../lib/audit/diff/diff-text';
import { diffOf, refusedDiff } from '../../lib/audit/diff/environment-diff';
import { refusalsIn, refusedMoves, refusedStateMove } from '../../lib/audit/diff/refused-plan';
import { environmentDiffSchema } from '../../lib/audit/diff/schema';
import type { Finding } from '../../lib/audit/report/audit-report';
import { whereaboutsByOutput } from '../../lib/audit/stack/plan/whereabouts';
import { EXAMPLE_REPORT, FINDINGS } from './reports/example-report';

const plain = (text: string) => text;

/** As Terraform 1.11 prints it. */
const REFUSED = `Error: Instance cannot be destroyed

  on cdk.tf.json line 316, in resource.aws_s3_bucket_object_lock_configuration:
 316:       "backup": {

Resource aws_s3_bucket_object_lock_configuration.backup[0] has
lifecycle.prevent_destroy set, but the plan calls for this resource to be
destroyed. To avoid this error and continue with the plan, either disable
lifecycle.prevent_destroy or reduce the scope of the plan using the -target
option.

Error: Instance cannot be destroyed

Resource aws_kms_key.backup[0] has lifecycle.prevent_destroy set, but the
plan calls for this resource to be destroyed.`;

const [PASSED, FAILED, DOUBTED] = FINDINGS as [Finding, Finding, Finding];
const ADDRESS = 'aws_s3_bucket_lifecycle_configuration.backup';
const WAIVER = { reason: 'agreed', owner: 'backup team', expires: '2027-03-31', source: 'file' } as const;

function loss(what: string, more: Partial<Finding>): Finding {
  const id = `plan-keeps-data/${ADDRESS}/${what}`;
  const evidence = [{ at: `${ADDRESS}: rule before`, value: '365 days' }];
  return { ...FAILED, id, rule: 'plan-keeps-data', resource: ADDRESS, detail: `${what} are lost`, evidence, ...more };
}

const change = (address: string, ...actions: string[]) => ({ address, type: 'aws_s3_bucket', actions });
const CHANGES = [
  change('a.created', 'create'),
  change('a.kept', 'no-op'),
  { ...change('a.taken', 'no-op'), importing: 'taken' },
  change('a.updated', 'update'),
  change('a.replaced', 'delete', 'create'),
  change('a.destroyed', 'delete'),
  change('a.forgotten', 'forget'),
];

const NOBODY = { since: 'deployed', gained: [], lost: [] } as const;

const DIFF = diffOf(
  {
    ...EXAMPLE_REPORT,
    verdict: 'fail',
    findings: [
      PASSED,
      FAILED,
      { ...DOUBTED, waiver: WAIVER },
      loss('noncurrent-versions', {}),
      loss('unfinished-uploads', { waiver: WAIVER }),
      loss('current-objects', { result: 'unknown' }),
    ],
    baseline: {
      baseline: 'approved.json',
      resources: { added: [], removed: [], changed: [] },
      access: {
        gained: [
          {
            id: 'the role/s3:GetObjectAcl on backups',
            caller: 'the role',
            action: 's3:GetObjectAcl',
            resources: ['backups'],
            example: '',
          },
        ],
        lost: [
          {
            id: 'the role/kms:Decrypt on the key',
            caller: 'the role',
            action: 'kms:Decrypt',
            resources: ['the key'],
            example: '',
          },
        ],
      },
      findings: { gained: [], lost: [] },
    },
  },
  CHANGES,
  undefined,
);

describe('a diff', () => {
  test('holds the changes, the losses, who gains or loses access, and what the audit does not pass', () => {
    expect(DIFF).toMatchObject({
      version: 1,
      verdict: 'fail',
      changes: {
        import: ['a.taken'],
        create: ['a.created'],
        update: ['a.updated'],
        replace: ['a.replaced'],
        destroy: ['a.destroyed'],
        forget: ['a.forgotten'],
      },
      losses: [
        { loss: `${ADDRESS}/noncurrent-versions`, isCertain: true },
        { loss: `${ADDRESS}/unfinished-uploads`, isCertain: true, accepted: WAIVER },
        { loss: `${ADDRESS}/current-objects`, isCertain: false },
      ],
      access: {
        since: 'baseline',
        gained: [{ id: 'the role/s3:GetObjectAcl on backups' }],
        lost: [{ id: 'the role/kms:Decrypt on the key' }],
      },
      findings: [{ id: FAILED.id, result: 'fail', detail: FAILED.detail }],
      refusals: [],
    });
  });

  test('tells a person the same', () => {
    expect(renderDiff({ ...DIFF, environment: 'acme\u001b[2J' }, plain).split('\n')).toEqual([
      'acme\ufffd[2J',
      '',
      'Changes',
      '  import   a.taken',
      '  create   a.created',
      '  update   a.updated',
      '  replace  a.replaced',
      '  destroy  a.destroyed',
      '  forget   a.forgotten',
      '',
      'Lost',
      `  ${ADDRESS}/noncurrent-versions`,
      '      noncurrent-versions are lost',
      `      seen  ${ADDRESS}: rule before: 365 days`,
      `  ${ADDRESS}/unfinished-uploads (accepted by backup team until 2027-03-31)`,
      '      unfinished-uploads are lost',
      `      seen  ${ADDRESS}: rule before: 365 days`,
      `  perhaps ${ADDRESS}/current-objects`,
      '      current-objects are lost',
      `      seen  ${ADDRESS}: rule before: 365 days`,
      '',
      'Who can do more, or less, than approved',
      '  + the role/s3:GetObjectAcl on backups',
      '  - the role/kms:Decrypt on the key',
      '',
      'The audit says no',
      '  fail  tls-only/aws_s3_bucket_policy.backup',
      '      The denial of plain HTTP covers the objects and not the bucket itself.',
      '',
      'FAIL: 2 losses that nobody accepted, 1 finding of the audit',
      '',
    ]);
  });

  test('says that nothing is lost', () => {
    const report = { ...EXAMPLE_REPORT, verdict: 'pass', findings: [PASSED] } as const;
    expect(
      renderDiff(diffOf(report, [], NOBODY), plain)
        .split('\n')
        .slice(2),
    ).toEqual([
      'Changes',
      '  none',
      '',
      'Who can do more, or less, than now',
      '  nobody',
      '',
      'PASS: nothing is lost',
      '',
    ]);
  });

  test('says why changes of access are not known', () => {
    const report = { ...EXAMPLE_REPORT, verdict: 'pass', findings: [PASSED] } as const;
    const text = renderDiff(diffOf(report, [], { since: 'deployed', unknown: 'what is planned: x' }), plain);
    expect(text).toContain('Who can do more, or less, than now\n  not known: what is planned: x\n');
  });

  test.each([DIFF, diffOf({ ...EXAMPLE_REPORT }, [], NOBODY), refusedDiff('acme', refusalsIn(REFUSED))])(
    'fits its schema',
    (diff) => {
      expect(environmentDiffSchema.safeParse(JSON.parse(JSON.stringify(diff))).error).toBeUndefined();
    },
  );
});

describe('a plan that Terraform refuses', () => {
  test('is answered with what to write into the environment file', () => {
    expect(renderDiff(refusedDiff('acme', refusalsIn(REFUSED)), plain).split('\n')).toEqual([
      'acme',
      '',
      'Refused',
      '  to destroy aws_s3_bucket_object_lock_configuration.backup; instead',
      '      objectLock.ended: true, with mode and days as they are, locks no new versions; those that are locked stay so',
      '  to destroy aws_kms_key.backup; instead',
      '      encryption.former: [created] keeps the key, so that earlier backups stay readable',
      '      encryption.givenUp: [created] lets the key go: it stays in AWS, and the role cannot read with it any more',
      '',
      'REFUSED: nothing was planned',
      '',
    ]);
  });

  test.each([
    ['a bucket', 'aws_s3_bucket.backup', /another one is another bucket/],
    ['anything else', 'aws_s3_bucket.other', /deletionProtection: false/],
  ])('because of %s gets a remedy of its own', (_, address, instead) => {
    const message = `Resource ${address} has lifecycle.prevent_destroy set, but the plan`;
    expect(refusalsIn(message)).toEqual([
      { refused: `to destroy ${address}`, address, instead: [expect.stringMatching(instead)] },
    ]);
  });

  test('for another reason does not count as a refusal', () => {
    expect(refusalsIn('Error: No valid credential sources found')).toEqual([]);
  });
});

describe('a move in the environment file', () => {
  const HERE = { address: 'output.backup_environment', account: '111122223333', region: 'us-east-2' };
  const textOf = (wanted: object) => renderDiff(refusedDiff('acme', refusedMoves([HERE], wanted)), plain).split('\n');

  test.each([
    [
      'region',
      { region: 'eu-west-1' },
      '  to move from the region us-east-2 to eu-west-1, where neither bucket nor key can go; instead',
      '      region: us-east-2 keeps the environment where it is',
    ],
    [
      'account',
      { account: '444455556666' },
      '  to move from the account 111122223333 to 444455556666, where neither bucket nor key can go; instead',
      '      account: "111122223333" keeps the environment where it is',
    ],
  ])('to another %s is refused with what to do instead', (_, wanted, refused, instead) => {
    expect(textOf(wanted)).toEqual([
      'acme',
      '',
      'Refused',
      refused,
      instead,
      '      a second environment file makes one in the new place; keep this one until Vault needs nothing that lies there',
      '',
      'REFUSED: nothing was planned',
      '',
    ]);
  });

  test.each([
    ['the same place', [HERE], { account: '111122223333', region: 'us-east-2' }],
    ['nothing deployed', [whereaboutsByOutput(undefined)], { account: '444455556666', region: 'eu-west-1' }],
    ['an unknown place', [HERE], {}],
  ])('is not seen with %s', (_, standing, wanted) => {
    expect(refusedMoves(standing, wanted)).toEqual([]);
  });
});

describe('a move of the state in the environment file', () => {
  const S3 = { bucket: 'acme-state', key: 'acme.tfstate', region: 'us-east-2', encrypt: true, kms_key_id: null };
  const WAS = { type: 's3', settings: S3 };
  const STAY =
    "state as it was in the environment file (where it names no region, the environment's counts) finds it again";
  const MOVE = 'terraform init -migrate-state in the folder of the stack moves it on purpose; then ask once more';

  test.each([
    [
      "the environment's region, which it follows",
      { type: 's3', settings: { ...S3, region: 'eu-west-1' } },
      'the backend s3 (bucket acme-state, key acme.tfstate, region eu-west-1)',
      ["state.s3.region: us-east-2 keeps the state where it is, whatever the environment's region", STAY, MOVE],
    ],
    [
      'another bucket',
      { type: 's3', settings: { ...S3, bucket: 'other' } },
      'the backend s3 (bucket other, key acme.tfstate, region us-east-2)',
      [STAY, MOVE],
    ],
    [
      'a local file',
      { type: 'local', settings: { path: '../acme.tfstate' } },
      'the backend local (path ../acme.tfstate)',
      [STAY, MOVE],
    ],
  ])('is refused with both places and what to do instead: %s', (_, is, after, instead) => {
    expect(refusedStateMove(WAS, is)).toEqual([
      {
        refused: `to look for the state in ${after}, when Terraform last had it in the backend s3 (bucket acme-state, key acme.tfstate, region us-east-2)`,
        address: 'terraform.backend',
        instead,
      },
    ]);
  });

  test('is not seen when only settings unrelated to the place change', () => {
    expect(refusedStateMove(WAS, { type: 's3', settings: { ...S3, use_lockfile: true, encrypt: false } })).toEqual([]);
  });
});
