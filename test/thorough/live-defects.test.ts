import type { SimulatedAccount } from '../../lib/simulated-aws';
import { LIVE_DEFECTS } from '../verify/live-defects';
import { expectSeen } from '../verify/see-defect';
import { startAccount, stopAccount } from '../verify/verify-deployed';

let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => stopAccount(account));

describe('a full verification', () => {
  test.each(LIVE_DEFECTS)('fails in $caughtBy, and nowhere else by accident, when $name', async (defect) => {
    await expectSeen(account, defect);
  });

  test('is tried with at least a hundred defects of the live account, each with a name of its own', () => {
    expect(LIVE_DEFECTS.length).toBeGreaterThanOrEqual(100);
    expect(new Set(LIVE_DEFECTS.map(({ name }) => name)).size).toBe(LIVE_DEFECTS.length);
  });
});
