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

  test.each([
    { without: [], parts: ['5242880 bytes, part 1', '65536 bytes, part 2'] },
    { without: ['multipart-upload'], parts: ['37 bytes, part 1'] },
  ])('is uploaded in $parts where $without is left out, and joined from all of them', async ({ without, parts }) => {
    const aws = fakeAws({ config: AES_256 });
    await run(aws, { without: without });
    const ofSample = (name: string) =>
      aws.calls
        .filter((call) => call.name === name && /upload$/.test(String(call.input.Key)))
        .map(({ input }) => input);
    const uploaded = ofSample('s3.uploadPart').map(({ Body }) => {
      const text = Buffer.from(Body as Uint8Array).toString();
      return `${text.length} bytes, ${/^vault-env verify run-00000001 (part \d)\n/.exec(text)?.[1]}`;
    });
    expect(uploaded).toEqual([...parts, ...parts]);
    const Parts = parts.map((_, index) => ({
      PartNumber: index + 1,
      ETag: `"${index + 1}"`,
      ChecksumCRC32: undefined,
    }));
    expect(ofSample('s3.completeMultipartUpload').map(({ MultipartUpload }) => MultipartUpload)).toEqual([
      { Parts },
      { Parts },
    ]);
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
