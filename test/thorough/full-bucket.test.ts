import type { SimulatedAccount } from '../../lib/simulated-aws';
import { stateOf } from '../verify/account-state';
import { countListed, fillBucket } from '../verify/production-bucket';
import { connectAsHost, deploy, startAccount, stopAccount, verifyDeployed } from '../verify/verify-deployed';

/** Once when all is tried that must work, and once more at the end. */
const TRIES = 2;

let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(() => stopAccount(account));

test('a bucket with five thousand objects stays byte for byte what it was, and is listed no further than the encryption of backups needs', async () => {
  const live = await deploy(account, { method: 'AES-256' });
  const listedWith = async () => {
    const { aws, listed } = countListed(await connectAsHost(live));
    const { verdict, leftovers } = await verifyDeployed(live, { aws });
    expect({ verdict, leftovers }).toEqual({ verdict: 'pass', leftovers: [] });
    aws.close();
    return listed();
  };
  const inAnEmptyBucket = await listedWith();
  fillBucket(live);
  const before = stateOf(account);
  expect((await listedWith()) - inAnEmptyBucket).toBeLessThanOrEqual(TRIES * 4_000);
  expect(stateOf(account)).toEqual(before);
  expect(inAnEmptyBucket).toBeLessThan(200);
});
