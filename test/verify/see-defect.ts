import type { SimulatedAccount } from '../../lib/simulated-aws';
import { stateOf } from './account-state';
import type { LiveDefect } from './live-defects';
import { deploy, verifyDeployed } from './verify-deployed';

/**
 * Makes the defect in a new environment and verifies it: the check that is meant for it says so, those that are named
 * with it do as well and no other, and nothing but what is listed is left of the run.
 */
export async function expectSeen(
  account: SimulatedAccount,
  { method, capabilities, objectLock, hasFormerKey = false, make, caughtBy, answer, says, alsoFails = [] }: LiveDefect,
): Promise<void> {
  const live = await deploy(account, {
    method,
    hasFormerKey,
    ...(capabilities && { capabilities }),
    ...(objectLock && { objectLock }),
  });
  await make(live);
  const before = stateOf(account);
  const { verdict, checks, leftovers, locked } = await verifyDeployed(live);
  expect(verdict).toBe('fail');
  const failed = checks.filter(({ result }) => result === 'fail');
  expect(failed.map(({ id }) => id).sort()).toEqual([caughtBy, ...alsoFails].sort());
  const caught = failed.find(({ id }) => id === caughtBy);
  expect(caught?.observed.map((one) => one.answer).join(', ')).toContain(answer);
  const told = caught?.diagnoses?.map(({ cause, fix }) => `${cause} ${fix}`).join('\n');
  expect(told ?? '').toContain(says);
  expect(failed.filter(({ diagnoses }) => diagnoses === undefined).map(({ id }) => id)).toEqual([]);
  if (leftovers.length === 0 && locked === undefined) expect(stateOf(account)).toEqual(before);
}
