import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planLosses } from '../../lib/audit/losses/plan-losses';
import { keyAccessOf } from '../../lib/audit/rule-kit/key-access';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { readParts } from '../../lib/audit/subject/read-subject';

// biome-ignore lint/suspicious/noExplicitAny: settings are changed wherever it hurts
type Settings = any;

const PLACE = { partition: 'aws', account: '111122223333', region: 'us-east-2' };

const textOf = (name: string) => readFileSync(join(__dirname, '..', 'fixtures', 'plans', `${name}.json`), 'utf8');

function lossesIn(text: string, place = PLACE): Readonly<Record<string, string>> {
  const stack = parseInput(text, 'plan.json');
  const { before = stack } = stack;
  const losses = planLosses(
    { ...stack, before: keyAccessOf(readParts(before)), after: keyAccessOf(readParts(stack)) },
    place,
  );
  return Object.fromEntries(
    losses.map(({ address, what, detail, isCertain }) => [
      `${address}/${what}`,
      `${isCertain ? '' : '(doubt) '}${detail}`,
    ]),
  );
}

/** A plan that changes nothing, but for what stands after it. */
function lossesAfter(address: string, change: (after: Settings, change: Settings) => unknown) {
  const plan = JSON.parse(textOf('weakened'));
  for (const one of plan.resource_changes) {
    one.change.after = structuredClone(one.change.before);
    one.change.actions = ['update'];
    one.change.after_unknown = {};
    if (one.address === address) change(one.change.after, one.change);
  }
  return lossesIn(JSON.stringify(plan));
}

const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration.backup';
const KEY = 'aws_kms_key.backup';
const LOCK = 'aws_s3_bucket_object_lock_configuration.backup';
const EXPIRING = 'noncurrent_version_expiration';
const CURRENT_30 = { expiration: [{ days: 30 }], filter: [{ prefix: '' }], id: 'all', status: 'Enabled' };

describe('a plan of the real provider', () => {
  test('that weakens everything loses each protection, told in days', () => {
    const locked = 'versions that are locked already stay so until their day';
    expect(lossesIn(textOf('weakened'))).toEqual({
      [`${KEY}/deletion-window`]: 'a deletion of the key can be noticed and cancelled for 7 days, 30 days until now',
      [`${KEY}/key-rotation`]: 'the key is no longer rotated',
      [`${KEY}/deletion-admitted`]:
        'the key policy lets somebody delete the key (kms:ScheduleKeyDeletion), which it refused until now',
      'aws_s3_bucket.backup/force-destroy':
        'Terraform deletes every object and version when it destroys the bucket, which it refused until now',
      [`${LIFECYCLE}/noncurrent-versions`]:
        'versions older than 1 day, kept 365 days until now, are deleted within a day',
      [`${LIFECYCLE}/current-objects`]:
        "current objects below 'org/' older than 90 days, kept for good until now, are deleted, and later backups point at them",
      [`${LIFECYCLE}/current-objects-moved`]:
        "current objects below 'org/' older than 30 days, left where they are for good until now, are moved to GLACIER",
      [`${LIFECYCLE}/unfinished-uploads`]:
        'uploads that are not complete after 3 days, kept 7 days until now, are aborted; no complete object is lost',
      [`${LOCK}/lock-shortened`]: `new versions are locked for 7 days, 30 days until now; ${locked}`,
      [`${LOCK}/lock-weakened`]: `whoever may bypass GOVERNANCE can delete new versions, and with COMPLIANCE nobody could; ${locked}`,
      'aws_s3_bucket_ownership_controls.backup/gone':
        'the plan would delete it: the ownership that switches access control lists off',
      'aws_s3_bucket_public_access_block.backup/block-public-policy':
        'block_public_policy no longer protects the bucket from public access',
      'aws_s3_bucket_versioning.backup/versioning':
        'with versioning Suspended, an object that is overwritten or deleted is gone, and was kept as a version until now',
    });
  });

  test('that gives a key up loses the key and what the role reads with it', () => {
    expect(lossesIn(textOf('key-given-up'))).toEqual({
      [`${KEY}/gone`]: 'the plan would forget it: every object under the key, which nobody can read once it is deleted',
      'aws_iam_policy.kms/decrypt': expect.stringMatching(
        /^the role can no longer read objects that arn:aws:kms:us-east-2:111122223333:key\/\S+ encrypted, which the policies of the role allowed; a key/,
      ),
    });
  });

  test('that changes the key and keeps the former one loses nothing', () => {
    expect(lossesIn(textOf('key-kept'))).toEqual({});
  });

  test.each([
    ['region', { ...PLACE, region: 'eu-west-1' }, 'us-east-2', 'eu-west-1'],
    ['account', { ...PLACE, account: '444455556666' }, '111122223333', '444455556666'],
  ])('for another %s leaves everything behind', (part, place, was, is) => {
    expect(lossesIn(textOf('key-kept'), place)).toEqual({
      [`provider.aws/another-${part}`]: expect.stringContaining(
        `the environment is in the ${part} ${was}, and ${is} is another one: bucket, key and backups stay behind; ${part}: `,
      ),
    });
  });

  test.each(['aes-256', 'aws-kms'])('that makes the environment %s loses nothing', (name) => {
    expect(lossesIn(textOf(name))).toEqual({});
  });
});

describe('a plan that replaces what hosts refer to', () => {
  const changed = (type: string, actions: readonly string[], before: object, after: object | null = before) => ({
    ...{ address: `${type}.vault`, mode: 'managed', type, name: 'vault' },
    change: { actions, before, after, after_unknown: {} },
  });
  const lossesOfPlan = (...changes: readonly object[]) =>
    lossesIn(JSON.stringify({ ...JSON.parse(textOf('aes-256')), resource_changes: changes }));
  const lossesOf = (type: string, actions: readonly string[]) =>
    lossesOfPlan(changed(type, actions, { name: 'vault', enabled: true }));

  test.each([
    ['aws_rolesanywhere_trust_anchor', /^the plan would delete and create it: the ARN .* every host is locked out/],
    ['aws_rolesanywhere_profile', /^the plan would delete and create it: the ARN .* all are locked out/],
    ['aws_iam_role', /^the plan would delete and create it: the role: .* every host .* is locked out/],
    ['aws_iam_instance_profile', /^the plan would delete and create it: the profile .* all are locked out until each/],
  ])('locks them out: %s', (type, says) => {
    expect(lossesOf(type, ['delete', 'create'])).toEqual({ [`${type}.vault/gone`]: expect.stringMatching(says) });
    expect(lossesOf(type, ['update'])).toEqual({});
  });

  const ATTACHMENT = 'aws_iam_role_policy_attachment';
  const arn = 'arn:aws:iam::111122223333:policy/vault-s3';
  const carried = { role: 'vault-instance', policy_arn: arn };
  const policyGoes = changed('aws_iam_policy', ['delete'], { arn }, null);
  const lacks = {
    [`${ATTACHMENT}.vault/another-role`]: `the role vault-instance no longer carries ${arn}, so that every host that has this role is locked out`,
  };
  test.each<[title: string, changes: readonly object[], losses: object]>([
    ['another role', [changed(ATTACHMENT, ['delete', 'create'], carried, { ...carried, role: 'other' })], lacks],
    ['no role', [changed(ATTACHMENT, ['delete'], carried, null)], lacks],
    ['no role, with the policy itself', [changed(ATTACHMENT, ['delete'], carried, null), policyGoes], {}],
    [
      'another role, when its own goes',
      [
        changed(ATTACHMENT, ['delete', 'create'], carried, { ...carried, role: 'other' }),
        changed('aws_iam_role', ['delete', 'create'], { name: 'vault-instance' }, { name: 'other' }),
      ],
      { 'aws_iam_role.vault/gone': expect.stringMatching(/^the plan would delete and create it: the role/) },
    ],
    ['the same role once more', [changed(ATTACHMENT, ['delete', 'create'], carried)], {}],
    [
      'its first role',
      [
        {
          ...changed(ATTACHMENT, ['create'], carried),
          change: { actions: ['create'], before: null, after: carried, after_unknown: {} },
        },
      ],
      {},
    ],
  ])('locks out the hosts of a role whose policy goes to another: %s', (_, changes, losses) => {
    expect(lossesOfPlan(...changes)).toEqual(losses);
  });
});

type Row = [
  title: string,
  address: string,
  change: (after: Settings, change: Settings) => unknown,
  losses: readonly string[],
];

const REPLACED = [
  'aws_s3_bucket',
  'aws_kms_key',
  'aws_s3_bucket_versioning',
  'aws_s3_bucket_object_lock_configuration',
];
const DESTROYED = [
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_ownership_controls',
];

describe('a change', () => {
  test.each<Row>([
    ['of nothing', KEY, () => undefined, []],
    ['that keeps versions longer', LIFECYCLE, ({ rule }) => (rule[1][EXPIRING][0].noncurrent_days = 400), []],
    ['that keeps newer versions', LIFECYCLE, ({ rule }) => (rule[1][EXPIRING][0].newer_noncurrent_versions = 3), []],
    ['that removes a rule', LIFECYCLE, ({ rule }) => rule.pop(), []],
    ['of the id of a rule', LIFECYCLE, ({ rule }) => (rule[1].id = 'other'), []],
    ['that repeats a rule', LIFECYCLE, ({ rule }) => rule.push(structuredClone(rule[1])), []],
    ['that narrows a rule', LIFECYCLE, ({ rule }) => (rule[1].filter = [{ prefix: 'org/', and: [], tag: [] }]), []],
    [
      'that adds a rule for fewer objects and a shorter time',
      LIFECYCLE,
      ({ rule }) =>
        rule.push({ ...structuredClone(rule[1]), filter: [{ prefix: 'a' }], [EXPIRING]: [{ noncurrent_days: 9 }] }),
      [`${LIFECYCLE}/noncurrent-versions`],
    ],
    ['that expires objects', LIFECYCLE, ({ rule }) => rule.push(CURRENT_30), [`${LIFECYCLE}/current-objects`]],
    [
      'that expires objects on a date',
      LIFECYCLE,
      ({ rule }) => rule.push({ ...CURRENT_30, expiration: [{ date: '2027-01-01T00:00:00Z' }] }),
      [`${LIFECYCLE}/current-objects`],
    ],
    ['that adds a disabled rule', LIFECYCLE, ({ rule }) => rule.push({ ...CURRENT_30, status: 'Disabled' }), []],
    [
      'that moves versions',
      LIFECYCLE,
      ({ rule }) => (rule[1].noncurrent_version_transition = [{ noncurrent_days: 0, storage_class: 'GLACIER' }]),
      [`${LIFECYCLE}/noncurrent-versions-moved`],
    ],
    [
      'to an unknown number of days',
      LIFECYCLE,
      (_, change) => {
        change.after.rule[1][EXPIRING][0].noncurrent_days = null;
        change.after_unknown = { rule: [{}, { [EXPIRING]: [{ noncurrent_days: true }] }] };
      },
      [`(doubt) ${LIFECYCLE}/noncurrent-versions`],
    ],
    [
      'that destroys a lifecycle',
      LIFECYCLE,
      (_, change) => Object.assign(change, { actions: ['delete'], after: null }),
      [],
    ],
    ...REPLACED.map(
      (type): Row => [
        `that replaces ${type}`,
        `${type}.backup`,
        (_, change) => Object.assign(change, { actions: ['delete', 'create'] }),
        [`${type}.backup/gone`],
      ],
    ),
    ...DESTROYED.map(
      (type): Row => [
        `that destroys ${type}`,
        `${type}.backup`,
        (_, change) => Object.assign(change, { actions: ['delete'], after: null }),
        [`${type}.backup/gone`],
      ],
    ),
    [
      'to an unknown rotation of a key that was not rotated',
      KEY,
      (_, change) => {
        change.before.enable_key_rotation = false;
        change.after.enable_key_rotation = null;
        change.after_unknown = { enable_key_rotation: true };
      },
      [],
    ],
    [
      'to an unknown rotation',
      KEY,
      (_, change) => {
        change.after.enable_key_rotation = null;
        change.after_unknown = { enable_key_rotation: true };
      },
      [`(doubt) ${KEY}/key-rotation`],
    ],
    ['that disables the key', KEY, (after) => (after.is_enabled = false), [`${KEY}/key-disabled`]],
    ['to a longer deletion window', KEY, (_, { before }) => Object.assign(before, { deletion_window_in_days: 7 }), []],
    [
      'to an unknown key policy',
      KEY,
      (after, change) => {
        after.policy = null;
        change.after_unknown = { policy: true };
      },
      [`(doubt) ${KEY}/deletion-admitted`, '(doubt) aws_iam_policy.kms/decrypt'],
    ],
    ['that ends the lock', LOCK, (after) => (after.rule = []), [`${LOCK}/lock-ended`]],
    [
      'of the lock from days to years',
      LOCK,
      ({ rule }) => Object.assign(rule[0].default_retention[0], { days: 0, years: 1 }),
      [],
    ],
    [
      'to an unknown lock',
      LOCK,
      (after, change) => {
        after.rule[0].default_retention[0].days = null;
        change.after_unknown = { rule: [{ default_retention: [{ days: true }] }] };
      },
      [`(doubt) ${LOCK}/lock-ended`, `(doubt) ${LOCK}/lock-shortened`],
    ],
    [
      'that drops MFA for deletions',
      'aws_s3_bucket_versioning.backup',
      (after, { before }) => {
        before.versioning_configuration[0].mfa_delete = 'Enabled';
        after.versioning_configuration[0].mfa_delete = 'Disabled';
      },
      ['aws_s3_bucket_versioning.backup/mfa-delete'],
    ],
    [
      'to an unknown policy of the role',
      'aws_iam_policy.kms',
      (after, change) => {
        after.policy = null;
        change.after_unknown = { policy: true };
      },
      ['(doubt) aws_iam_policy.kms/decrypt'],
    ],
  ])('%s', (_, address, change, expected) => {
    const losses = Object.entries(lossesAfter(address, change));
    expect(losses.map(([name, detail]) => `${detail.startsWith('(doubt)') ? '(doubt) ' : ''}${name}`)).toEqual(
      expected,
    );
  });

  test.each([
    ['fewer newer versions', 5, 3, '365 days (the newest 3 stay), kept 365 days (the newest 5 stay)'],
    ['no newer versions', 5, null, '365 days, kept 365 days (the newest 5 stay)'],
  ])('that leaves %s says how many stay', (_, before, after, says) => {
    const losses = lossesAfter(LIFECYCLE, ({ rule }, change) => {
      change.before.rule[1][EXPIRING][0].newer_noncurrent_versions = before;
      rule[1][EXPIRING][0].newer_noncurrent_versions = after;
    });
    expect(losses).toEqual({
      [`${LIFECYCLE}/noncurrent-versions`]: `versions older than ${says} until now, are deleted within a day`,
    });
  });

  test('that gives an existing bucket a lifecycle is compared with having none', () => {
    const made = (_: Settings, change: Settings) => Object.assign(change, { actions: ['create'], before: null });
    expect(lossesAfter(LIFECYCLE, made)).toEqual({
      [`${LIFECYCLE}/noncurrent-versions`]:
        'versions older than 365 days, kept for good until now, are deleted within a day',
      [`${LIFECYCLE}/unfinished-uploads`]:
        'uploads that are not complete after 7 days, kept for good until now, are aborted; no complete object is lost',
    });
  });
});
