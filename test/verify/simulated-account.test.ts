import { FORBIDDEN } from '../../lib/backup-environment/schema';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { stateOf } from './account-state';
import { ALL_BUT_NEGATIVES, allBut } from './all-but';
import { openEverything } from './edit-policies';
import { ACCOUNT, connectAsHost, deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';
import { expectHonestRun, SERVICE_FAULTS, WIRE_FAULTS } from './wire-faults';

/** One of what must work, and one of what must be refused. */
const ASKED = ['bucket-region', 'read-bucket-policy'];

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

  test('no probe does damage where the role may do everything, and nothing else denies', async () => {
    const live = await deploy(account, { method: 'AWS-KMS' });
    await openEverything(live);
    const config = { ...live.config, permissions: { ...live.config.permissions, forbidden: [...FORBIDDEN] } };
    const before = stateOf(account);
    const { checks, leftovers } = await verifyDeployed(live, { config, without: ALL_BUT_NEGATIVES });
    expect(leftovers).toEqual([]);
    expect(stateOf(account)).toEqual(before);
    // Each of them was really let through, so that it was the probe that did no damage.
    const refused = checks.filter(({ kind, result }) => kind === 'negative' && result !== 'fail');
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  // Throttling that lasts is waited for again and again; the table of causes has it.
  test.each(SERVICE_FAULTS.filter(({ fault }) => fault.kind !== 'throttling'))(
    '$name that lasts is no pass, and is told as $cause',
    async ({ fault, cause }) => {
      const live = await deploy(account, { method: 'AES-256' });
      const aws = await connectAsHost(live);
      account.faults.set([{ fault, match: { service: 's3' } }]);
      const { verdict, checks } = await verifyDeployed(live, { aws, without: allBut(...ASKED) });
      account.faults.clear();
      aws.close();
      expect(verdict).toBe('inconclusive');
      // The SDK sets its clock by the first answer, so that what is asked later may pass.
      expect(checks[0]).toMatchObject({ id: 'bucket-region', result: 'inconclusive' });
      const causes = checks.flatMap(({ diagnoses = [] }) => diagnoses.map(({ id }) => id));
      expect(new Set(causes)).toEqual(new Set([cause]));
    },
  );

  // Two kinds at one request; CI takes every kind at each class of requests.
  test.each(WIRE_FAULTS.filter(({ fault }) => fault.kind === 'connection-reset'))(
    '$name causes no failure, and leaves nothing unlisted',
    async ({ fault }) => {
      const live = await deploy(account, { method: 'AWS-KMS' });
      const options = { without: allBut('object-put', 'multipart-abort', 'read-bucket-policy') };
      const rule = { fault, match: { operation: 'PutObject' }, times: 1 };
      await expectHonestRun(live, { at: 'the first put', rule, options });
    },
  );
});
