import type { Answer } from '../../lib/aws/answer';
import type { Progress } from '../../lib/verify/run/progress';
import { runtimeOf, type VerifyOptions } from '../../lib/verify/run/verify-options';
import { allBut } from './all-but';
import { AES_256 } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { granted, refusal } from './fake-bucket';
import { always, run } from './run';

const allowed = granted();
const denied = refusal('AccessDenied');
const fault = refusal('InternalError', 500);

/** Answers the calls of one name one after the other, before which `onCall` is told which it is; the last answer stays. */
function inTurn(
  name: string,
  answers: readonly (Answer<unknown> | undefined)[],
  onCall = (_count: number) => {},
): Script {
  let calls = 0;
  return (call) => {
    if (call.name !== name) return undefined;
    calls += 1;
    onCall(calls);
    return answers[Math.min(calls, answers.length) - 1];
  };
}

async function verified(ids: readonly string[], script: Script, options: Partial<VerifyOptions> = {}) {
  const seen: Progress[] = [];
  const { verification, waits } = await run(fakeAws({ config: AES_256, script }), {
    without: allBut(...ids),
    onProgress: (one) => seen.push(one),
    ...options,
  });
  return { verification, waits, seen, checks: verification.checks, told: verification.checks.map(briefly) };
}

const briefly = ({ id, result, attempts, detail }: { id: string; result: string; attempts: number; detail: string }) =>
  `${id} ${result} ${attempts}: ${detail}`;

const VERSIONING = 's3.getBucketVersioning';
const LOCATION = 's3.getBucketLocation';
const POLICY = 's3.getBucketPolicy';
const GONE = 'It worked at first, and no longer at the end.';

describe('what must work', () => {
  test('is tried again after one, two, four and then five seconds, as long as there is time', async () => {
    const { waits, told } = await verified(['versioning-state'], always(VERSIONING, denied), { timeoutMs: 17_000 });
    expect(waits).toEqual([1000, 2000, 4000, 5000, 5000]);
    expect(told).toEqual(['versioning-state fail 6: GetBucketVersioning answered AccessDenied: AccessDenied.']);
  });

  test('is not tried again where waiting changes nothing', async () => {
    const script = always('sts.getCallerIdentity', granted({ Arn: 'arn:aws:sts::111122223333:assumed-role/other/x' }));
    const { waits, checks } = await verified(['role-identity'], script, { timeoutMs: 17_000 });
    expect({ waits, attempts: checks.map(({ attempts }) => attempts) }).toEqual({ waits: [], attempts: [1] });
  });

  test.each<{ name: string; answers: readonly (Answer<unknown> | undefined)[]; told: string }>([
    { name: 'it works twice', answers: [undefined], told: 'pass 2: Versioning is on.' },
    { name: 'it is lost', answers: [undefined, denied], told: `fail 2: ${GONE} GetBucketVersioning answered Acc` },
    { name: 'it ends in a fault', answers: [undefined, fault], told: `inconclusive 2: ${GONE} GetBucketVersioning` },
  ])('is asked once more at the end: $name', async ({ answers, told }) => {
    const { told: seen } = await verified(['versioning-state'], inTurn(VERSIONING, answers));
    expect(seen).toEqual([expect.stringContaining(`versioning-state ${told}`)]);
  });

  test('that worked is in doubt where the run is stopped before the end', async () => {
    const stop = new AbortController();
    const onProgress = ({ phase }: Progress) => phase === 'again' && stop.abort();
    const options = { signal: stop.signal, onProgress };
    const { checks, told } = await verified(['versioning-state'], () => undefined, options);
    expect(told).toEqual([
      'versioning-state inconclusive 1: It worked; whether it still does was not asked at the end: the run was stopped.',
    ]);
    expect(checks.map(({ observed }) => observed.map(({ answer }) => answer))).toEqual([['Enabled']]);
  });

  test('that did not stays so where the run is stopped before it was tried again', async () => {
    const stop = new AbortController();
    const atSecond = (count: number) => count === 2 && stop.abort();
    const location = inTurn(LOCATION, [denied, undefined], atSecond);
    const script: Script = (call) => location(call) ?? always(VERSIONING, denied)(call);
    const { told, waits } = await verified(['bucket-region', 'versioning-state'], script, {
      signal: stop.signal,
      timeoutMs: 17_000,
    });
    expect(told).toEqual([
      'bucket-region inconclusive 2: It worked; whether it still does was not asked at the end: the run was stopped.',
      'versioning-state fail 1: GetBucketVersioning answered AccessDenied: AccessDenied.',
    ]);
    expect(waits).toEqual([1000]);
  });
});

describe('what must be refused', () => {
  const ID = 'read-bucket-policy';
  const CHANGED = "AWS's answer changed from one try to the next: verify again when nothing changes.";

  test.each<{ name: string; answers: readonly Answer<unknown>[]; told: string; waits: readonly number[] }>([
    {
      name: 'stays refused',
      answers: [denied],
      told: 'pass 2: GetBucketPolicy was refused.',
      waits: [1000, 1000, 500],
    },
    {
      name: 'is refused too late',
      answers: [allowed, denied],
      told: 'pass 3: GetBucketPolicy was refused.',
      waits: [1000, 1000, 500, 1000, 1000, 500],
    },
    {
      name: 'comes and goes',
      answers: [denied, allowed, denied],
      told: `inconclusive 3: ${CHANGED} GetBucketPolicy was refused.`,
      waits: [1000, 1000, 500, 1000, 1000, 500],
    },
  ])('is tried again when nothing has changed for long enough: it $name', async ({ answers, told, waits }) => {
    const seen = await verified([ID], inTurn(POLICY, answers), { settleMs: 2500 });
    expect({ told: seen.told, waits: seen.waits }).toEqual({ told: [`${ID} ${told}`], waits });
  });

  test.each([
    { when: 'nothing arrived', answers: [denied], waitedMs: 60_000 },
    { when: 'a permission arrived after a second', answers: [denied, undefined], waitedMs: 61_000 },
  ])('waits from the last change: $when', async ({ answers, waitedMs }) => {
    const location = inTurn(LOCATION, answers);
    const script: Script = (call) => location(call) ?? always(VERSIONING, denied)(call);
    const options = { settleMs: 60_000, timeoutMs: 17_000 };
    const { waits } = await verified(['bucket-region', 'versioning-state', ID], script, options);
    expect(waits.reduce((sum, one) => sum + one, 0)).toBe(waitedMs);
  });

  test.each([
    { answer: allowed, told: 'fail 1: GetBucketPolicy was allowed.' },
    {
      answer: denied,
      told: 'inconclusive 1: It was to be tried again when changes had settled, and the run was stopped. GetBucketPolicy was refused.',
    },
  ])('and comes to $told where the run is stopped before the second try', async ({ answer, told }) => {
    const stop = new AbortController();
    const options = { settleMs: 2500, signal: stop.signal, wait: async () => stop.abort() };
    const seen = await verified([ID], always(POLICY, answer), options);
    expect(seen.told).toEqual([`${ID} ${told}`]);
  });
});

test('the result of a check has all that the check says of itself, and where to look only if it does not pass', async () => {
  const about = {
    id: 'versioning-state',
    title: 'Versioning of the bucket is on',
    kind: 'positive',
    controls: ['S3.14', 'NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-13(5)'],
    expected: 'Enabled.',
    durationMs: 0,
  };
  const call = { call: 'GetBucketVersioning', status: 200, requestId: 'REQ' };
  const passing = await verified([about.id], () => undefined);
  expect(passing.checks).toEqual([
    { ...about, result: 'pass', attempts: 2, detail: 'Versioning is on.', observed: [{ ...call, answer: 'Enabled' }] },
  ]);
  const failing = await verified([about.id], always(VERSIONING, granted({ Status: 'Suspended' })));
  expect(failing.checks).toEqual([
    {
      ...about,
      result: 'fail',
      attempts: 1,
      detail: 'Versioning is not on: Suspended.',
      observed: [{ ...call, answer: 'Suspended' }],
      lookAt: 'Whether somebody suspended versioning on the bucket, and whether the stack was deployed in full.',
      diagnoses: expect.any(Array),
    },
  ]);
});

test('progress tells each phase, what is under way, and how long changes still settle', async () => {
  const ids = ['versioning-state', 'read-bucket-policy'];
  const script = inTurn(VERSIONING, [denied, denied, undefined]);
  const { seen } = await verified(ids, script, { settleMs: 1500, timeoutMs: 17_000 });
  const told = seen.map(({ phase, done, running, remainingMs }) =>
    [phase, `${done}/2`, running.join(), remainingMs].filter((part) => part !== '' && part !== undefined).join(' '),
  );
  expect(told.filter((one, index) => one !== told[index - 1])).toEqual([
    'positive 0/2',
    'positive 0/2 versioning-state',
    'waiting 0/2 versioning-state',
    'positive 0/2 versioning-state',
    'waiting 0/2 versioning-state',
    'positive 0/2 versioning-state',
    'positive 1/2',
    'negative 1/2',
    'negative 1/2 read-bucket-policy',
    'negative 2/2',
    'settling 2/2 1500',
    'settling 2/2 500',
    'negative 2/2',
    'negative 2/2 read-bucket-policy',
    'negative 2/2',
    'again 2/2',
    'again 2/2 versioning-state',
    'again 2/2',
    'cleanup 2/2',
  ]);
});

test('what a service refuses is asked once more where something worked late', async () => {
  const questionsWith = async (answers: readonly (Answer<unknown> | undefined)[]) => {
    let questions = 0;
    const location = inTurn(LOCATION, answers);
    const script: Script = (call) => {
      if (call.name === 'unsigned.s3.listObjectsV2') questions += 1;
      return location(call);
    };
    await verified(['bucket-region', 'read-bucket-policy'], script, { timeoutMs: 17_000 });
    return questions;
  };
  expect([await questionsWith([undefined]), await questionsWith([denied, undefined])]).toEqual([1, 2]);
});

const SIGNATURE = 'ListObjectsV2 with a wrong signature';
const NOT_SEEN = 'It was not tried, as it was not seen that what answers for S3 checks as AWS does:';

test.each<{ name: string; id: string; answer: Answer<unknown>; told: string }>([
  {
    name: 'is not AWS, nothing is asked of any service',
    id: 'role-chaining',
    answer: allowed,
    told: `inconclusive 0: ${NOT_SEEN} it took a wrong signature.`,
  },
  {
    name: 'is in doubt, nothing is asked of it',
    id: 'read-bucket-policy',
    answer: fault,
    told: `inconclusive 0: ${NOT_SEEN} ${SIGNATURE} answered InternalError: InternalError.`,
  },
  {
    name: 'is in doubt, the others are asked',
    id: 'role-chaining',
    answer: fault,
    told: 'pass 1: AssumeRole was refused.',
  },
])('where S3 $name', async ({ id, answer, told }) => {
  const { told: seen, seen: progress } = await verified([id], always('unsigned.s3.listObjectsV2', answer));
  expect({ seen, done: progress.at(-1)?.done }).toEqual({ seen: [`${id} ${told}`], done: 1 });
});

test('a check under way gets no more answers where the run is stopped', async () => {
  const stop = new AbortController();
  const script = inTurn('s3.createMultipartUpload', [undefined], () => stop.abort());
  const { told } = await verified(['multipart-abort'], script, { signal: stop.signal });
  expect(told).toEqual([expect.stringMatching(/^multipart-abort inconclusive 1: .*AbortError/)]);
});

describe('without other options, a run', () => {
  const runtimeWith = (signal?: AbortSignal) => {
    const aws = fakeAws({ config: AES_256 });
    return runtimeOf({ config: AES_256, aws, now: () => new Date(0), randomId: () => '', ...(signal && { signal }) });
  };

  test('has a minute for permissions and a minute for changes, and asks all at once', () => {
    expect(runtimeWith()).toMatchObject({ timeoutMs: 60_000, settleMs: 60_000, concurrency: 32, isLocked: false });
  });

  test('waits no longer than until it is stopped', async () => {
    await runtimeWith().wait(1);
    await runtimeWith(AbortSignal.abort()).wait(86_400_000);
  });
});
