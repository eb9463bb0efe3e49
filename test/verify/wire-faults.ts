import type { SimulatedAccount } from '../../lib/simulated-aws';
import type { Fault, FaultRule } from '../../lib/simulated-aws/server/faults/fault';
import type { Leftover } from '../../lib/verify/result/verification';
import type { VerifyOptions } from '../../lib/verify/run/verify-options';
import { stateOf } from './account-state';
import type { DeployedEnvironment } from './deployed-environment';
import { verifyDeployed } from './verify-deployed';

const HOUR_MS = 3_600_000;

interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  /** Id of the cause that it is told with where it lasts; missing for those on the way, which Jest’s own Error hides. */
  readonly cause?: string;
}

/** Faults of a service that answers. */
export const SERVICE_FAULTS: readonly NamedFault[] = [
  { name: 'throttling', fault: { kind: 'throttling' }, cause: 'throttled' },
  { name: 'an internal error', fault: { kind: 'internal-error' }, cause: 'aws-fault' },
  { name: 'a service that is not available', fault: { kind: 'service-unavailable' }, cause: 'aws-fault' },
  { name: 'a clock that is ahead', fault: { kind: 'clock-skew', skewMs: HOUR_MS }, cause: 'clock-skew' },
  { name: 'an expired token', fault: { kind: 'expired-token' }, cause: 'credentials-expired' },
];

/** Faults on the way of a request or of its answer. */
export const NETWORK_FAULTS: readonly NamedFault[] = [
  { name: 'latency', fault: { kind: 'latency', latencyMs: 20 } },
  {
    name: 'a reset before the operation',
    fault: { kind: 'connection-reset', when: 'before-operation' },
  },
  {
    name: 'a reset after the operation',
    fault: { kind: 'connection-reset', when: 'after-operation' },
  },
  { name: 'an answer that is cut off', fault: { kind: 'truncated-body' } },
];

/** Every fault that the simulated account can inject. */
export const WIRE_FAULTS: readonly NamedFault[] = [...SERVICE_FAULTS, ...NETWORK_FAULTS];

/** Everything but the five megabytes, which would make a thousand runs slow. */
export const QUICK = { without: ['multipart-upload'] };

/** Injects the fault at the request of that number of a quick run, and holds the run to what it may come to. */
export async function expectHonest(live: DeployedEnvironment, fault: Fault, index: number): Promise<void> {
  await expectHonestRun(live, { at: `request ${index}`, rule: { fault, from: index, times: 1 }, options: QUICK });
}

interface FaultyRun {
  /** Names the run where it fails. */
  readonly at: string;
  readonly rule: FaultRule;
  readonly options: Partial<VerifyOptions>;
}

/** Verifies with the fault, and holds the run to what it may come to. */
export async function expectHonestRun(live: DeployedEnvironment, { at, rule, options }: FaultyRun): Promise<void> {
  const { account } = live;
  const before = stateOf(account);
  account.faults.set([rule]);
  const outcome = await verifyDeployed(live, options).catch((error: { readonly code?: string }) => error.code);
  account.faults.clear();
  if (typeof outcome !== 'object') {
    // Whoever cannot say who they are does not begin.
    expect({ at, outcome, isClean: stateOf(account) === before }).toEqual({ at, outcome, isClean: true });
    expect(['ExpiredCredentials', 'NoCredentials']).toContain(outcome);
    return;
  }
  const { checks, leftovers } = outcome;
  const failed = checks.filter(({ result }) => result === 'fail').map(({ id, detail }) => `${id}: ${detail}`);
  expect({ at, failed }).toEqual({ at, failed: [] });
  expect({ at, unlisted: unlisted(account, live, leftovers) }).toEqual({ at, unlisted: [] });
  if (leftovers.length === 0) expect({ at, isClean: stateOf(account) === before }).toEqual({ at, isClean: true });
  removeCanaries(account, live);
}

function canariesOf({ state }: SimulatedAccount, { config }: DeployedEnvironment) {
  const bucket = state.s3.buckets.get(config.form.bucketName);
  if (bucket === undefined) throw new Error('the bucket is gone');
  const { verificationPrefix } = config.permissions;
  const versions = [...bucket.objects.versions].flatMap(([key, all]) =>
    all.map(({ versionId }) => ({ key, id: versionId })),
  );
  const uploads = [...bucket.uploads.values()].map(({ key, uploadId }) => ({ key, id: uploadId }));
  return { bucket, canaries: [...versions, ...uploads].filter(({ key }) => key.startsWith(verificationPrefix)) };
}

function unlisted(account: SimulatedAccount, live: DeployedEnvironment, leftovers: readonly Leftover[]) {
  const isListed = (one: { readonly key: string; readonly id: string }) =>
    leftovers.some(({ key, versionId, uploadId }) => key === one.key && (versionId ?? uploadId ?? one.id) === one.id);
  return canariesOf(account, live).canaries.filter((one) => !isListed(one));
}

/** As the operator does with what was listed. */
function removeCanaries(account: SimulatedAccount, live: DeployedEnvironment): void {
  const { bucket, canaries } = canariesOf(account, live);
  for (const { key, id } of canaries) {
    bucket.objects.versions.delete(key);
    bucket.uploads.delete(id);
  }
  delete bucket.objects.sortedKeys;
}
