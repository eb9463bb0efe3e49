import type { SimulatedAccount } from '../../lib/simulated-aws';
import { LIVE_DEFECTS } from '../verify/live-defects';
import { expectSeen } from '../verify/see-defect';
import { startAccount, stopAccount } from '../verify/verify-deployed';

/** In an account of their own: comparing its state before and after takes the longer the more was deployed to it. */
const TOGETHER = 10;
const GROUPS = Array.from({ length: Math.ceil(LIVE_DEFECTS.length / TOGETHER) }, (_, index) => ({
  from: index * TOGETHER + 1,
  defects: LIVE_DEFECTS.slice(index * TOGETHER, (index + 1) * TOGETHER),
}));

describe.each(GROUPS)('a full verification, from defect $from on', ({ defects }) => {
  let account: SimulatedAccount;

  beforeAll(async () => {
    account = await startAccount();
  });

  afterAll(() => stopAccount(account));

  test.each(defects)('fails in $caughtBy, and nowhere else by accident, when $name', async (defect) => {
    await expectSeen(account, defect);
  });
});

test('there are at least a hundred defects of the live account, each with a name of its own', () => {
  expect(LIVE_DEFECTS.length).toBeGreaterThanOrEqual(100);
  expect(new Set(LIVE_DEFECTS.map(({ name }) => name)).size).toBe(LIVE_DEFECTS.length);
});
