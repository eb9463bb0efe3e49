import type { Answer } from '../../lib/aws/answer';
import type { Leftover } from '../../lib/verify/result/verification';
import { AWS_KMS } from '../verify/configs';
import { type FakeAws, fakeAws, type Script } from '../verify/fake-aws';
import { granted, noAnswer, refusal } from '../verify/fake-bucket';
import { run } from '../verify/run';

/** Faults of a request: before it is carried out, or of its answer. */
interface Fault {
  readonly kind: string;
  readonly when: 'before' | 'after';
  readonly answer: Answer<unknown>;
}

const FAULTS: readonly Fault[] = [
  { kind: 'endless throttling', when: 'before', answer: refusal('SlowDown', 503) },
  { kind: 'an internal error', when: 'before', answer: refusal('InternalError', 500) },
  { kind: 'an internal error after all', when: 'after', answer: refusal('InternalError', 500) },
  { kind: 'a service that is not available', when: 'before', answer: refusal('ServiceUnavailable', 503) },
  { kind: 'a HEAD error without a body', when: 'after', answer: refusal('Http500', 500) },
  { kind: 'a refusal without a reason', when: 'before', answer: refusal('Http403') },
  { kind: 'a reset', when: 'before', answer: noAnswer('ECONNRESET') },
  { kind: 'a reset of the answer', when: 'after', answer: noAnswer('ECONNRESET') },
  { kind: 'a time-out', when: 'after', answer: noAnswer('TimeoutError') },
  {
    kind: 'an answer that is cut off',
    when: 'after',
    answer: { ...noAnswer('SyntaxError'), status: 200 } as Answer<never>,
  },
  { kind: 'a clock that is off', when: 'before', answer: refusal('RequestTimeTooSkewed', 403) },
  { kind: 'a token that has expired', when: 'before', answer: refusal('ExpiredToken', 400) },
];

/** Whether the request of that number, counted from 1, is hit. */
type IsHit = (index: number) => boolean;

function environment(fault: Fault, isHit: IsHit, base?: Script): FakeAws {
  let calls = 0;
  const hit: Script = () => {
    calls += 1;
    return isHit(calls) ? fault.answer : undefined;
  };
  const script: Script = (call) => (fault.when === 'before' ? hit(call) : undefined) ?? base?.(call);
  return fakeAws({ config: AWS_KMS, script, ...(fault.when === 'after' && { afterwards: hit }) });
}

/** A role that may do what it must not, beside what it may. */
const openEverywhere: Script = ({ name, input }) => {
  // A service that checks as AWS does refuses the document that shows it.
  if (name === 'malformed.putObjectRetention') return undefined;
  const isElsewhere = name.startsWith('elsewhere') || /^(http|presigned|kms|iam|malformed)\./.test(name);
  const isForbidden = ['ServerSideEncryption', 'SSECustomerAlgorithm', 'Tagging', 'ACL'].some((key) => key in input);
  return isElsewhere || isForbidden || name === 's3.getBucketPolicy' ? granted() : undefined;
};

async function countCalls(base?: Script): Promise<number> {
  const aws = fakeAws({ config: AWS_KMS, ...(base && { script: base }) });
  await run(aws, { config: AWS_KMS });
  return aws.calls.length;
}

const left = ({ bucket }: FakeAws) =>
  [...bucket.versions.map(({ key, versionId }) => `${key} ${versionId}`), ...bucket.uploads.map(uploadName)].sort();
const uploadName = ({ key, uploadId }: { readonly key: string; readonly uploadId: string }) => `${key} ${uploadId}`;

/** Whether everything that is left is listed, by its version or, where that never became known, by its key. */
function areListed(remains: readonly string[], leftovers: readonly Leftover[]): boolean {
  return remains.every((one) =>
    leftovers.some(({ key, versionId, uploadId }) => {
      const id = versionId ?? uploadId;
      return id === undefined ? one.startsWith(`${key} `) : one === `${key} ${id}`;
    }),
  );
}

describe.each(FAULTS)('$kind', (fault) => {
  test('at any one request causes no failure and no wrong pass, and leaves nothing unlisted', async () => {
    const total = await countCalls();
    expect(total).toBeGreaterThan(100);
    for (let index = 1; index <= total; index += 1) {
      const aws = environment(fault, (call) => call === index);
      const attempt = run(aws, { config: AWS_KMS }).catch((error: { code?: string }) => error.code);
      const outcome = await attempt;
      if (typeof outcome !== 'object') {
        // The first request tells who is asking; without that, nothing is begun.
        expect({ index, outcome, left: left(aws) }).toEqual({ index: 1, outcome: 'ExpiredCredentials', left: [] });
        continue;
      }
      const { verdict, leftovers, checks } = outcome.verification;
      const failed = checks.filter(({ result }) => result === 'fail').map(({ id, detail }) => `${id}: ${detail}`);
      expect({ index, failed }).toEqual({ index, failed: [] });
      expect({ index, isEnded: ['pass', 'inconclusive'].includes(verdict) }).toEqual({ index, isEnded: true });
      expect({ index, isListed: areListed(left(aws), leftovers) }).toEqual({ index, isListed: true });
    }
  });

  test('from any request on causes no failure, and leaves nothing unlisted', async () => {
    const total = await countCalls();
    for (let index = 2; index <= total; index += 3) {
      const aws = environment(fault, (call) => call >= index);
      const { verification } = (await run(aws, { config: AWS_KMS })) as Awaited<ReturnType<typeof run>>;
      const { leftovers, checks } = verification;
      const failed = checks.filter(({ result }) => result === 'fail').map(({ id }) => id);
      expect({ index, failed }).toEqual({ index, failed: [] });
      expect({ index, isListed: areListed(left(aws), leftovers) }).toEqual({ index, isListed: true });
    }
  });

  test('at any one request hides no defect', async () => {
    const total = await countCalls(openEverywhere);
    for (let index = 2; index <= total; index += 1) {
      const aws = environment(fault, (call) => call === index, openEverywhere);
      const { verification } = await run(aws, { config: AWS_KMS });
      // Where it is not known whether the other side checks as AWS does, nothing forbidden is asked of it.
      const isAboutEnforcement = JSON.stringify(aws.calls[index - 1]).includes('/enforcement');
      const verdict = isAboutEnforcement ? expect.not.stringMatching(/^pass$/) : 'fail';
      expect({ index, verdict: verification.verdict }).toEqual({ index, verdict });
    }
  });
});
