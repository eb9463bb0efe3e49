import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { type Capability, grantsOf } from '../../lib/policy/capabilities';
import { allowedActions, forbiddenActs } from '../../lib/policy/permission-profile';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';
import { notAskedOf } from '../../lib/verify/run/called-for';
import { selectChecks } from '../../lib/verify/run/selection';
import { DEFAULT_CONCURRENCY } from '../../lib/verify/run/verify-options';
import { AES_256 } from './configs';

const TARGET = {
  name: 'acme',
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-backup',
  rolePath: '/',
};
const KEY_ARN = 'arn:aws:kms:us-east-2:111122223333:key/0f0e0d0c-1234-4321-aaaa-bbbbccccdddd';

/** Typed so that a new capability has to be added here. */
const CAPABILITIES = Object.keys({
  backup: true,
  versioning: true,
  'manage-versioning': true,
  'read-versions': true,
  'purge-versions': true,
  'list-buckets': true,
} satisfies Readonly<Record<Capability, true>>) as readonly Capability[];

const SUBSETS = CAPABILITIES.reduce<readonly (readonly Capability[])[]>(
  (subsets, one) => subsets.flatMap((subset) => [subset, [...subset, one]]),
  [[]],
).filter((subset) => subset.length > 0);

const permissionsOf = (capabilities: readonly Capability[], method: 'AES-256' | 'AWS-KMS') => ({
  ...AES_256.permissions,
  capabilities: [...capabilities],
  allowed: [...allowedActions(TARGET, capabilities, method === 'AWS-KMS' ? { current: KEY_ARN } : {})],
  forbidden: [...forbiddenActs(TARGET, { method }, capabilities)],
});

describe('the checks of a config', () => {
  test.each(['AES-256', 'AWS-KMS'] as const)(
    'use every granted action of every set of capabilities with %s',
    (method) => {
      const withBackup = SUBSETS.filter((subset) => subset.includes('backup'));
      expect(withBackup.length).toBe(32);
      for (const capabilities of withBackup) {
        const { notExercised } = selectChecks({ permissions: permissionsOf(capabilities, method) });
        expect({ capabilities, notExercised }).toEqual({ capabilities, notExercised: [] });
      }
    },
  );

  test.each<{ capability: Capability; checks: readonly string[] }>([
    { capability: 'versioning', checks: ['versioning-state'] },
    { capability: 'manage-versioning', checks: ['versioning-write'] },
    { capability: 'read-versions', checks: ['version-get'] },
    { capability: 'purge-versions', checks: ['version-purge'] },
    { capability: 'list-buckets', checks: ['bucket-list'] },
  ])('test $capability with $checks', ({ capability, checks }) => {
    const idsWith = (capabilities: readonly Capability[]) => {
      const { positives } = selectChecks({ permissions: permissionsOf(capabilities, 'AES-256') });
      return positives.map(({ id }) => id);
    };
    const without = idsWith(['backup']);
    expect(idsWith(['backup', capability]).filter((id) => !without.includes(id))).toEqual(checks);
  });

  test.each<{ capability: Capability; act: string }>([
    { capability: 'manage-versioning', act: 'change-versioning' },
    { capability: 'read-versions', act: 'read-version' },
    { capability: 'purge-versions', act: 'version-delete' },
  ])('forbid $act unless the capability $capability grants it', ({ capability, act }) => {
    const forbidden = (capabilities: readonly Capability[]) =>
      forbiddenActs(TARGET, { method: 'AES-256' }, capabilities);
    expect(forbidden(['backup'])).toContain(act);
    expect(forbidden(['backup', capability])).not.toContain(act);
  });

  test('forbid other prefixes where the role may not write to the whole bucket', () => {
    expect(grantsOf(['versioning']).some(({ actions }) => actions.includes('s3:PutObject'))).toBe(false);
    expect(forbiddenActs(TARGET, { method: 'AES-256' }, ['versioning'])).toContain('other-prefix');
    expect(forbiddenActs(TARGET, { method: 'AES-256' }, ['backup'])).not.toContain('other-prefix');
  });

  test('leave out what the caller does not want, and name it', () => {
    const permissions = permissionsOf(['backup'], 'AES-256');
    const { negatives, leftOut } = selectChecks({ permissions, without: ['administer-iam', 'version-purge'] });
    expect(leftOut).toEqual(['administer-iam']);
    expect(negatives.map(({ id }) => id)).not.toContain('administer-iam');
  });

  test.each([
    { where: "'--without'", without: ['a-check', 'administer-aim'], forbidden: [] },
    { where: "'permissions.forbidden'", without: [], forbidden: ['a-check', 'administer-aim'] },
  ])('refuse an unknown check in $where', ({ where, without, forbidden }) => {
    const permissions = { ...permissionsOf(['backup'], 'AES-256'), forbidden: forbidden as never };
    const message = `${where} must name checks that this version knows, got: a-check, administer-aim`;
    expect(() => selectChecks({ permissions, without })).toThrow(
      expect.objectContaining({ code: 'UnknownCheck', message: expect.stringContaining(message) }),
    );
  });

  test('name what is granted and not used in alphabetical order', () => {
    const permissions = permissionsOf(['backup'], 'AES-256');
    const more = ['s3:PutB', 's3:PutA'].map((action) => ({ action, resource: '*' }));
    const { notExercised } = selectChecks({
      permissions: { ...permissions, allowed: [...permissions.allowed, ...more] },
    });
    expect(notExercised).toEqual(['s3:PutA', 's3:PutB']);
  });

  test('leave out what a lock would keep, and say so only there', () => {
    const permissions = permissionsOf(['backup'], 'AES-256');
    const idsOf = (isLocked: boolean) => {
      const { positives, notAskable } = selectChecks({ permissions, isLocked });
      const ids = positives
        .map(({ id }) => id)
        .filter((id) => /^(probe-removal|version-kept|marker-removal)$/.test(id));
      return { ids, notAskable };
    };
    expect(idsOf(false)).toEqual({ ids: ['probe-removal'], notAskable: [] });
    expect(idsOf(true)).toEqual({
      ids: ['marker-removal', 'version-kept'],
      notAskable: ['probe-removal: Object Lock keeps every version that is written, so that none can be removed'],
    });
  });
});

describe('a config that was cut by hand', () => {
  const objectLock = { mode: 'GOVERNANCE', retentionDays: 30 } as const;

  test.each<{ name: string; config: BackupEnvironment; notAsked: readonly string[] }>([
    { name: 'is whole', config: AES_256, notAsked: [] },
    {
      name: 'lacks the capability for backups and its permissions',
      config: { ...AES_256, permissions: { ...AES_256.permissions, capabilities: [], allowed: [] } },
      notAsked: expect.arrayContaining(['bucket-region', 'object-put', 'object-get']),
    },
    {
      name: 'lacks what a lock forbids',
      config: { ...AES_256, aws: { ...AES_256.aws, objectLock } },
      notAsked: ['bypass-retention', 'change-retention'],
    },
  ])('is seen through: it $name', ({ config, notAsked }) => {
    const isLocked = config.aws.objectLock !== undefined;
    const seen = notAskedOf(config, selectChecks({ permissions: config.permissions, isLocked }));
    expect([...seen].sort()).toEqual(notAsked);
  });
});

test.each([
  ['what must work, and the questions beside it', POSITIVE_CHECKS.length + 1],
  ['what must be refused', NEGATIVE_CHECKS.length],
])('no check of %s waits for another', (_round, tasks) => {
  expect(tasks).toBeLessThanOrEqual(DEFAULT_CONCURRENCY);
});
