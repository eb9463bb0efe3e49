import type { Answer } from '../../lib/aws/answer';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import type { Probe } from '../../lib/verify/check-kit/check';
import { createJournal } from '../../lib/verify/guard/journal';
import { createRunScope } from '../../lib/verify/guard/run-scope';
import { createProbes } from '../../lib/verify/run/probe';
import { selectChecks } from '../../lib/verify/run/selection';
import type { VerifyOptions } from '../../lib/verify/run/verify-options';
import { verify } from '../../lib/verify/verify';
import { allBut } from './all-but';
import { AES_256, AWS_KMS } from './configs';
import { type FakeAws, fakeAws, type Script } from './fake-aws';

const RUN_ID = 'run-00000001';
export const RUN_PREFIX = `vault-env-verification/${RUN_ID}/`;

/** Verifies with a clock that only moves while it waits; without the five megabytes that few tests are about. */
export async function run(aws: FakeAws, options: Partial<VerifyOptions> = {}) {
  let time = Date.parse('2026-03-01T10:00:00Z');
  const waits: number[] = [];
  const verification = await verify({
    config: AES_256,
    aws,
    now: () => new Date(time),
    randomId: () => RUN_ID,
    timeoutMs: 0,
    settleMs: 0,
    without: ['multipart-upload'],
    wait: async (durationMs) => {
      waits.push(durationMs);
      time += durationMs;
    },
    ...options,
  });
  return { verification, waits };
}

/** The tools of a check, outside of a run. */
export function probeOf(aws: FakeAws, config: BackupEnvironment): Probe {
  const { verificationPrefix } = config.permissions;
  const scope = createRunScope({
    bucket: config.form.bucketName,
    account: config.aws.account,
    verificationPrefix,
    runId: RUN_ID,
  });
  const selection = selectChecks({ permissions: config.permissions });
  const otherBucket = config.permissions.otherBucket;
  return createProbes(
    { config, aws },
    { selection, scope, runId: RUN_ID, otherBucket, journal: createJournal() },
  )(false)('object-put');
}

/** The result of one check, run alone, when everything but the script's answers is good. */
export async function resultOf(id: string, script: Script, config = AWS_KMS) {
  const { verification } = await run(fakeAws({ config, script }), { config, without: allBut(id) });
  const check = verification.checks.find((one) => one.id === id);
  return { result: check?.result, detail: check?.detail };
}

/** Answers every call of one name. */
export const always =
  (name: string, answer: Answer<unknown>): Script =>
  (call) =>
    call.name === name ? answer : undefined;

/** Answers the calls of one name that are about the whole of the object that several checks look at. */
export const onSample =
  (name: string, answer: Answer<unknown>): Script =>
  (call) =>
    'Range' in call.input ? undefined : onKey(name, '/object-put', answer)(call);

/** Answers the calls of one name that touch a key with this ending. */
export const onKey =
  (name: string, ending: string, answer: Answer<unknown>): Script =>
  (call) =>
    call.name === name && String(call.input.Key).endsWith(ending) ? answer : undefined;
