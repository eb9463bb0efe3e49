import { setImmediate as turn } from 'node:timers/promises';
import type { Aws } from '../../lib/aws/connect';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';
import { createJournal } from '../../lib/verify/guard/journal';
import { createRunScope } from '../../lib/verify/guard/run-scope';
import { createProbes } from '../../lib/verify/run/probe';
import { AES_256, AWS_KMS } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { refusal } from './fake-bucket';
import { onSample, run } from './run';

describe('a sample that several checks look at', () => {
  const writesOf = async (script?: Script) => {
    const aws = fakeAws({ config: AES_256, ...(script && { script }) });
    await run(aws, { without: [] });
    const keysOf = (name: string) => aws.calls.flatMap((call) => (call.name === name ? String(call.input.Key) : []));
    return {
      small: keysOf('s3.putObject').filter((key) => key.endsWith('/object-put')).length,
      joined: keysOf('s3.createMultipartUpload').filter((key) => key.endsWith('/multipart-upload')).length,
    };
  };

  test('is written once in each round of positive checks, and not again for negative ones', async () => {
    expect(await writesOf()).toEqual({ small: 2, joined: 2 });
  });

  test('is written for negative checks where it could not be written before', async () => {
    // About the round of everything that must work, and of everything that must be refused.
    expect(await writesOf(onSample('s3.putObject', refusal('AccessDenied')))).toEqual({ small: 2, joined: 2 });
  });

  test('has a part of five megabytes only where a check reads several back', async () => {
    const sizesWith = async (without: readonly string[]) => {
      const aws = fakeAws({ config: AES_256 });
      await run(aws, { without });
      const parts = aws.calls.filter(
        ({ name, input }) => name === 's3.uploadPart' && /upload$/.test(String(input.Key)),
      );
      return parts.map(({ input }) => (input.Body as Uint8Array).length > 5_000_000);
    };
    expect(await sizesWith([])).toEqual([true, false, true, false]);
    expect(await sizesWith(['multipart-upload'])).toEqual([false, false]);
  });
});

/** How often all the calls under way have to be answered before the work is done. */
async function countSteps(aws: Aws, work: (aws: Aws) => Promise<unknown>): Promise<number> {
  const waiting: (() => void)[] = [];
  const held = <T extends object>(calls: T): T => {
    const entries = Object.entries(calls).map(([name, call]) => [
      name,
      async (input: unknown) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return call(input);
      },
    ]);
    return Object.fromEntries(entries);
  };
  let isDone = false;
  const { s3, s3WithMalformedBody, sts } = aws;
  const working = work({
    ...aws,
    s3: held(s3),
    s3WithMalformedBody: held(s3WithMalformedBody),
    sts: held(sts),
  }).finally(() => {
    isDone = true;
  });
  for (let steps = 0; ; steps += 1) {
    await turn();
    if (isDone) return working.then(() => steps);
    for (const answer of waiting.splice(0)) answer();
  }
}

test.each(POSITIVE_CHECKS)(
  '$id makes as many requests in a row as it says',
  async ({ id, steps = 1, run: runCheck }) => {
    const { account } = AWS_KMS.aws;
    const { bucketName: bucket } = AWS_KMS.form;
    const { verificationPrefix } = AWS_KMS.permissions;
    const runId = 'run-00000001';
    const scope = createRunScope({ bucket, account, verificationPrefix, runId });
    const selection = {
      positives: POSITIVE_CHECKS,
      negatives: NEGATIVE_CHECKS,
      leftOut: [],
      notExercised: [],
      notAskable: [],
    };
    const counted = await countSteps(fakeAws({ config: AWS_KMS }), async (aws) => {
      const run = { selection, scope, runId, otherBucket: undefined, journal: createJournal() };
      await runCheck(createProbes({ config: AWS_KMS, aws }, run)(false)(id));
    });
    expect(counted).toBe(steps);
  },
);
