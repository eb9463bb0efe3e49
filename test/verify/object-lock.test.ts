import type { SimulatedAccount } from '../../lib/simulated-aws';
import { cleanLeftovers } from '../../lib/verify/cleanup/clean-leftovers';
import { cleaningSchema } from '../../lib/verify/cleanup/schema';
import { stateOf } from './account-state';
import { ALL_BUT_NEGATIVES, allBut } from './all-but';
import type { DeployedEnvironment } from './deployed-environment';
import { allowing, editRolePolicy, withoutAction } from './edit-policies';
import { connectAsHost, deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 30;
/** Permissions that each check needs to write once; the small object is written once more at the end. */
const VERSIONS = 7;

let account: SimulatedAccount;
let now: Date;

beforeAll(async () => {
  account = await startAccount({ now: () => now });
});

beforeEach(() => {
  now = new Date();
});

afterAll(() => stopAccount(account));

const GOVERNANCE = { mode: 'GOVERNANCE', retentionDays: RETENTION_DAYS } as const;
const OF_A_LOCK = ['version-kept', 'marker-removal', 'change-retention', 'bypass-retention'];

function objectsOf({ config }: DeployedEnvironment) {
  const bucket = account.state.s3.buckets.get(config.form.bucketName);
  if (bucket === undefined) throw new Error('there is no bucket');
  return bucket.objects.versions;
}

function probeKeysOf(live: DeployedEnvironment): readonly string[] {
  const { verificationPrefix } = live.config.permissions;
  return [...objectsOf(live).keys()].filter((key) => key.startsWith(verificationPrefix));
}

/** The kind of each version of the probes. */
function probesOf(live: DeployedEnvironment): readonly string[] {
  return probeKeysOf(live).flatMap((key) => (objectsOf(live).get(key) ?? []).map(({ kind }) => kind));
}

describe('a bucket that locks every new version', () => {
  test('loses only versions of probes to a role that may do everything', async () => {
    const live = await deploy(account, { method: 'AES-256', objectLock: GOVERNANCE });
    await editRolePolicy(live, 's3', allowing('s3:*', '*'));
    const before = stateOf(account);
    const { checks } = await verifyDeployed(live, { without: ALL_BUT_NEGATIVES });
    const failed = checks.filter(({ result }) => result === 'fail').map(({ id }) => id);
    expect(failed).toEqual(expect.arrayContaining(['change-retention', 'bypass-retention']));
    for (const key of probeKeysOf(live)) objectsOf(live).delete(key);
    expect(stateOf(account)).toEqual(before);
  });

  test.each([
    { mode: 'GOVERNANCE', method: 'AES-256' },
    { mode: 'COMPLIANCE', method: 'AWS-KMS' },
  ] as const)('passes in full in the mode $mode, and says what stays until when', async ({ mode, method }) => {
    const live = await deploy(account, { method, objectLock: { mode, retentionDays: RETENTION_DAYS } });
    const verification = await verifyDeployed(live);
    expect(verification.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    const ids = verification.checks.map(({ id }) => id);
    expect(OF_A_LOCK.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).not.toContain('probe-removal');
    expect(verification).toMatchObject({
      verdict: 'pass',
      leftovers: [],
      locked: { versions: VERSIONS, mode, until: new Date(now.getTime() + RETENTION_DAYS * DAY_MS).toISOString() },
      notAssessed: ['probe-removal: Object Lock keeps every version that is written, so that none can be removed'],
      notExercised: [],
    });
    expect(probesOf(live)).toEqual(Array(VERSIONS).fill('object'));
  });

  test('that the config does not name is reported as the cause, without commands that cannot work', async () => {
    const live = await deploy(account, { method: 'AES-256', objectLock: GOVERNANCE });
    const { objectLock: _, ...aws } = live.config.aws;
    const config = { ...live.config, aws };
    const { verdict, checks, leftovers, locked } = await verifyDeployed({ ...live, config }, { timeoutMs: 20_000 });
    expect({ verdict, locked }).toEqual({ verdict: 'fail', locked: undefined });
    const removal = checks.find(({ id }) => id === 'probe-removal');
    expect(removal).toMatchObject({
      result: 'fail',
      attempts: 1,
      diagnoses: [{ id: 'kept-by-object-lock', cause: expect.stringContaining('the config names no such lock') }],
    });
    const kept = leftovers.filter(({ kind }) => kind === 'version');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ command }) => command !== undefined)).toEqual([]);
  });

  test('is cleaned once the retention is over, and left alone before', async () => {
    const live = await deploy(account, { method: 'AES-256', objectLock: GOVERNANCE });
    await verifyDeployed(live);
    const clean = async () => {
      const aws = await connectAsHost(live);
      const cleaning = await cleanLeftovers({ config: live.config, aws, now: () => now, olderThanMs: 0 });
      aws.close();
      expect(cleaningSchema.parse(cleaning)).toEqual(cleaning);
      return { removed: cleaning.removed.length, leftovers: cleaning.leftovers, locked: cleaning.locked?.versions };
    };
    expect(await clean()).toEqual({ removed: 0, leftovers: [], locked: VERSIONS });
    for (const version of [...objectsOf(live).values()].flat()) {
      if (version.kind === 'object' && version.retention) {
        version.retention = { ...version.retention, retainUntil: now };
      }
    }
    expect(await clean()).toEqual({ removed: VERSIONS, leftovers: [], locked: undefined });
    expect(probesOf(live)).toEqual([]);
  });

  test('does not turn a refusal for another reason into a lock', async () => {
    const live = await deploy(account, { method: 'AES-256', objectLock: GOVERNANCE });
    await editRolePolicy(live, 's3', withoutAction('s3:DeleteObjectVersion'));
    const without = allBut('object-put', 'marker-removal', 'version-kept', 'bypass-retention');
    const { checks, leftovers, locked } = await verifyDeployed(live, { without });
    const notPassed = checks.filter(({ result }) => result !== 'pass').map(({ id, result }) => `${id} ${result}`);
    expect(notPassed).toEqual(['marker-removal fail', 'version-kept inconclusive', 'bypass-retention inconclusive']);
    expect(locked).toBeUndefined();
    expect(leftovers.length).toBe(probesOf(live).length);
    const ofVersions = leftovers.filter(({ kind }) => kind === 'version');
    expect(ofVersions.length).toBeGreaterThan(0);
    expect(ofVersions.filter(({ command }) => command !== undefined)).toEqual([]);
  });
});
