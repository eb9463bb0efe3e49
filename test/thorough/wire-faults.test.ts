import type { SimulatedAccount } from '../../lib/simulated-aws';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { deploy, startAccount, stopAccount } from '../verify/verify-deployed';
import { countRequests, expectHonest, WIRE_FAULTS } from '../verify/wire-faults';

const MINUTE_MS = 60_000;

let account: SimulatedAccount;
let live: DeployedEnvironment;

beforeAll(async () => {
  account = await startAccount();
  live = await deploy(account, { method: 'AWS-KMS' });
});

afterAll(() => stopAccount(account));

test.each(WIRE_FAULTS)(
  '$name at every request in turn is no failure, and leaves nothing that is not listed',
  async ({ fault }) => {
    const total = await countRequests(live);
    expect(total).toBeGreaterThan(100);
    for (let index = 1; index <= total; index += 1) await expectHonest(live, fault, index);
  },
  10 * MINUTE_MS,
);
