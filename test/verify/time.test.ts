import type { Answer } from '../../lib/aws/answer';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { allBut } from './all-but';
import { AES_256 } from './configs';
import { allowing, editRolePolicy } from './edit-policies';
import { fakeAws, type Script } from './fake-aws';
import { granted, refusal } from './fake-bucket';
import { onSample, run } from './run';
import { deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';

const SETTLE_MS = 60_000;
const allowed = granted();
const denied = refusal('AccessDenied');

/** Answers the calls of one name one after the other; the last answer stays. */
function inTurn(name: string, answers: readonly (Answer<unknown> | undefined)[]): Script {
  let calls = 0;
  return (call) => {
    if (call.name !== name) return undefined;
    calls += 1;
    return answers[Math.min(calls, answers.length) - 1];
  };
}

async function resultWith(id: string, script: Script, settleMs = SETTLE_MS) {
  const { verification, waits } = await run(fakeAws({ config: AES_256, script }), { settleMs, timeoutMs: 20_000 });
  const check = verification.checks.find((one) => one.id === id);
  return { verification, check, waitedMs: waits.reduce((sum, one) => sum + one, 0) };
}

describe('a refusal', () => {
  test('is believed when it is repeated after nothing changed for the time asked', async () => {
    const { verification, check, waitedMs } = await resultWith('read-bucket-policy', () => undefined);
    expect(waitedMs).toBe(SETTLE_MS);
    expect(check).toMatchObject({ result: 'pass', attempts: 2 });
    expect(verification).toMatchObject({ verdict: 'pass', settledMs: SETTLE_MS });
  });

  test('is believed at once where no time is asked for, and the result says so', async () => {
    const { verification, check, waitedMs } = await resultWith('read-bucket-policy', () => undefined, 0);
    expect(waitedMs).toBe(0);
    expect(check).toMatchObject({ result: 'pass', attempts: 1 });
    expect(verification.settledMs).toBe(0);
  });

  test.each<{ name: string; answers: readonly Answer<unknown>[]; result: string; attempts: number }>([
    { name: 'a permission arrives late', answers: [denied, allowed], result: 'fail', attempts: 3 },
    { name: 'a permission goes away late', answers: [allowed, denied], result: 'pass', attempts: 3 },
    { name: 'a permission comes and goes', answers: [denied, allowed, denied], result: 'inconclusive', attempts: 3 },
    { name: 'a permission is there all the time', answers: [allowed], result: 'fail', attempts: 2 },
    {
      name: 'the first answer was a fault',
      answers: [refusal('InternalError', 500), denied],
      result: 'pass',
      attempts: 2,
    },
    {
      name: 'the last answer was a fault',
      answers: [denied, refusal('InternalError', 500)],
      result: 'inconclusive',
      attempts: 2,
    },
  ])('comes to $result when $name', async ({ answers, result, attempts }) => {
    const { check } = await resultWith('read-bucket-policy', inTurn('s3.getBucketPolicy', answers));
    expect(check).toMatchObject({ result, attempts });
  });

  test('waits from the moment at which the last permission arrived', async () => {
    const { verification, waitedMs } = await resultWith(
      'object-list',
      inTurn('s3.listObjectsV2', [denied, denied, denied, denied, undefined]),
    );
    expect(verification.verdict).toBe('pass');
    // Some waits for the permission, and then all of the time in which nothing may change.
    expect(waitedMs).toBeGreaterThan(SETTLE_MS);
    expect(verification.settledMs).toBe(SETTLE_MS);
  });

  test('does not count when the run is stopped before it could be repeated', async () => {
    const stop = new AbortController();
    const aws = fakeAws({ config: AES_256 });
    const { verification } = await run(aws, {
      settleMs: SETTLE_MS,
      signal: stop.signal,
      wait: async () => stop.abort(),
    });
    const negatives = verification.checks.filter(({ kind }) => kind === 'negative');
    expect(new Set(negatives.map(({ result }) => result))).toEqual(new Set(['inconclusive']));
    expect(verification.verdict).toBe('inconclusive');
    expect(verification.leftovers).toEqual([]);
  });
});

describe('a positive check', () => {
  test('has to work at the end as well', async () => {
    const { check } = await resultWith('versioning-state', inTurn('s3.getBucketVersioning', [undefined, denied]), 0);
    expect(check).toMatchObject({
      result: 'fail',
      attempts: 2,
      detail: 'It worked at first, and no longer at the end. GetBucketVersioning answered AccessDenied: AccessDenied.',
    });
  });

  test('may meet a fault at the end, and is tried again', async () => {
    const { verification, check } = await resultWith(
      'versioning-state',
      inTurn('s3.getBucketVersioning', [undefined, refusal('InternalError', 500), undefined]),
      0,
    );
    expect(check).toMatchObject({ result: 'pass', attempts: 3 });
    expect(verification.verdict).toBe('pass');
  });

  test('is not tried again where it never worked', async () => {
    const { check } = await resultWith('object-get', onSample('s3.getObject', denied), 0);
    expect(check?.result).toBe('fail');
    expect(check?.detail).not.toContain('It worked at first');
  });
});

describe('changes that take half a minute to arrive', () => {
  let account: SimulatedAccount;
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);

  beforeEach(async () => {
    aheadMs = 0;
    account = await startAccount({ now });
  });

  afterEach(() => stopAccount(account));

  test.each([
    { settleMs: 0, result: 'pass', verdict: 'pass' },
    { settleMs: SETTLE_MS, result: 'fail', verdict: 'fail' },
  ])('lead to $result when nothing may have changed for $settleMs ms', async ({ settleMs, result, verdict }) => {
    const live = await deploy(account, { method: 'AES-256' });
    account.state.propagation.delayMs = 30_000;
    await editRolePolicy(live, 's3', allowing('s3:GetBucketPolicy', live.config.aws.bucketArn));
    account.state.propagation.delayMs = 0;
    const wait = async (durationMs: number) => {
      aheadMs += durationMs;
    };
    const verification = await verifyDeployed(live, { settleMs, now, wait, without: allBut('read-bucket-policy') });
    expect(verification.checks.find(({ id }) => id === 'read-bucket-policy')?.result).toBe(result);
    expect(verification.verdict).toBe(verdict);
  });
});

describe('a run that is stopped', () => {
  /** Stops the run at the call of that name and number. */
  function stoppedAt(name: string, number: number, script: Script = () => undefined) {
    const stop = new AbortController();
    let calls = 0;
    const aws = fakeAws({
      config: AES_256,
      script: (call) => {
        if (call.name === name) calls += 1;
        if (call.name === name && calls === number) stop.abort();
        return script(call);
      },
    });
    return run(aws, { signal: stop.signal, settleMs: SETTLE_MS, timeoutMs: 20_000 });
  }
  const resultIn = async (running: ReturnType<typeof stoppedAt>, id: string) =>
    (await running).verification.checks.find((one) => one.id === id);

  test('keeps what it had found in an earlier round', async () => {
    const script: Script = ({ name }) => (name === 's3.getBucketPolicy' ? allowed : undefined);
    const check = await resultIn(stoppedAt('s3.getBucketPolicy', 2, script), 'read-bucket-policy');
    expect(check).toMatchObject({ result: 'fail', detail: 'GetBucketPolicy was allowed.' });
  });

  test('tells that a working check was not asked again, not that it no longer works', async () => {
    const check = await resultIn(stoppedAt('s3.getBucketPolicy', 2), 'object-put');
    expect(check).toMatchObject({
      result: 'inconclusive',
      detail: 'It worked; whether it still does was not asked at the end: the run was stopped.',
    });
    expect(check?.observed.map(({ answer }) => answer)).toEqual(['OK']);
  });

  test('keeps the refusal of a positive check when it is stopped at a later try', async () => {
    const script: Script = ({ name }) => (name === 's3.getBucketVersioning' ? denied : undefined);
    const check = await resultIn(stoppedAt('s3.getBucketVersioning', 2, script), 'versioning-state');
    expect(check).toMatchObject({ result: 'fail', observed: [{ answer: 'AccessDenied' }] });
  });

  test('never passes, wherever it is stopped', async () => {
    for (const number of [1, 2]) {
      const { verification } = await stoppedAt('s3.getBucketPolicy', number);
      expect(verification.verdict).toBe('inconclusive');
    }
  });
});
