import type { SimulatedAccount } from '../../lib/simulated-aws';
import { stateOf } from './account-state';
import { HOST_DEFECTS } from './live-defects';
import { ACCOUNT, deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';

let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => stopAccount(account));

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

  test('sees at least sixty defects of the live account', () => {
    expect(HOST_DEFECTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(HOST_DEFECTS.map(({ name }) => name)).size).toBe(HOST_DEFECTS.length);
  });

  test.each(HOST_DEFECTS)(
    'says $caughtBy when $name',
    async ({ method, capabilities, make, caughtBy, answer, alsoFails = [] }) => {
      const live = await deploy(account, { method, ...(capabilities && { capabilities }) });
      await make(live);
      const before = stateOf(account);
      const { verdict, checks, leftovers } = await verifyDeployed(live);
      expect(verdict).toBe('fail');
      const failed = checks.filter(({ result }) => result === 'fail');
      expect(failed.map(({ id }) => id).sort()).toEqual([caughtBy, ...alsoFails].sort());
      const caught = failed.find(({ id }) => id === caughtBy);
      expect(caught?.observed.map((one) => one.answer).join(', ')).toContain(answer);
      if (leftovers.length === 0) expect(stateOf(account)).toEqual(before);
    },
  );
});
