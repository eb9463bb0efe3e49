import type { Fault } from '../../lib/simulated-aws/server/faults/fault';
import { CONTROL_PLANE_DEFECTS } from '../verify/operator/defects';
import {
  deploy,
  expectCaught,
  expectDoubt,
  startAccounts,
  stopAccounts,
  verifyDeployed,
} from '../verify/operator/deployed-stacks';

beforeAll(startAccounts);

afterAll(stopAccounts);

describe('an operator', () => {
  test.each(CONTROL_PLANE_DEFECTS)('learns from $caughtBy, and from nothing else, about $name', expectCaught);
});

test.each<{ name: string; fault: Fault }>([
  { name: 'an internal error', fault: { kind: 'internal-error' } },
  { name: 'an answer that is cut off', fault: { kind: 'truncated-body' } },
])('$name at any one request leaves a doubt, and never a wrong pass or failure', async ({ fault }) => {
  const deployed = await deploy('aws-kms');
  const before = deployed.account.requestLog.count;
  await verifyDeployed(deployed);
  const requests = deployed.account.requestLog.count - before;
  expect(requests).toBeGreaterThan(20);
  for (let index = 1; index <= requests; index += 1) await expectDoubt(deployed, fault, index);
});
