import type { SimulatedAccount } from '../../lib/simulated-aws';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';
import { stateOf } from './account-state';
import { LIVE_DEFECTS } from './live-defects';
import { expectSeen } from './see-defect';
import { ACCOUNT, deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';

let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => stopAccount(account));

const EVERY_ID = [...POSITIVE_CHECKS, ...NEGATIVE_CHECKS].map(({ id }) => id);

describe('against the simulated account', () => {
  test.each(['AES-256', 'AWS-KMS'] as const)('a good environment with %s passes in full', async (method) => {
    const live = await deploy(account, { method });
    const before = stateOf(account);
    const verification = await verifyDeployed(live);
    expect(stateOf(account)).toEqual(before);
    expect(verification.checks.filter((one) => one.result !== 'pass')).toEqual([]);
    expect(verification).toMatchObject({
      verdict: 'pass',
      simulated: true,
      account: ACCOUNT,
      role: expect.stringMatching(`^arn:aws:sts::${ACCOUNT}:assumed-role/vault-backup-acme-`),
      leftovers: [],
      notExercised: [],
    });
  });

  test('there are at least sixty defects of the live account, each with a name of its own', () => {
    expect(LIVE_DEFECTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(LIVE_DEFECTS.map(({ name }) => name)).size).toBe(LIVE_DEFECTS.length);
  });

  // With the checks that they break alone; CI holds each of them to all checks.
  test.each(LIVE_DEFECTS)('$caughtBy says that $name', async (defect) => {
    const broken = [defect.caughtBy, ...(defect.alsoFails ?? [])];
    const without = EVERY_ID.filter((id) => !broken.includes(id) || (id === 'multipart-upload' && broken.length > 1));
    await expectSeen(account, defect, without);
  });
});
