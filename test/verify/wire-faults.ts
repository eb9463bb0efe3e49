import type { SimulatedAccount } from '../../lib/simulated-aws';
import type { Fault } from '../../lib/simulated-aws/faults/fault';
import type { Leftover } from '../../lib/verify/verification';
import { stateOf } from './account-state';
import type { DeployedEnvironment } from './deployed-environment';
import { verifyDeployed } from './verify-deployed';

const HOUR_MS = 3_600_000;

/** Every fault that the simulated account can inject. */
export const WIRE_FAULTS: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: 'latency', fault: { kind: 'latency', latencyMs: 20 } },
  { name: 'throttling', fault: { kind: 'throttling' } },
  { name: 'an internal error', fault: { kind: 'internal-error' } },
  { name: 'a service that is not available', fault: { kind: 'service-unavailable' } },
  { name: 'a reset before the operation', fault: { kind: 'connection-reset', when: 'before-operation' } },
  { name: 'a reset after the operation', fault: { kind: 'connection-reset', when: 'after-operation' } },
  { name: 'an answer that is cut off', fault: { kind: 'truncated-body' } },
  { name: 'a clock that is ahead', fault: { kind: 'clock-skew', skewMs: HOUR_MS } },
  { name: 'an expired token', fault: { kind: 'expired-token' } },
];

/** Everything but the five megabytes, which would make a thousand runs slow. */
const QUICK = { without: ['multipart-upload'] };

/** How many requests a run without faults makes. */
export async function countRequests(live: DeployedEnvironment): Promise<number> {
  const { account } = live;
  const before = account.requestLog.count;
  await verifyDeployed(live, QUICK);
  return account.requestLog.count - before;
}

/** Injects the fault at the request of that number, and holds the run to what it may come to. */
export async function expectHonest(live: DeployedEnvironment, fault: Fault, index: number): Promise<void> {
  const { account } = live;
  const before = stateOf(account);
  account.faults.set([{ fault, from: index, times: 1 }]);
  const outcome = await verifyDeployed(live, QUICK).catch((error: { readonly code?: string }) => error.code);
  account.faults.clear();
  if (typeof outcome !== 'object') {
    // Whoever cannot say who they are does not begin.
    expect({ index, outcome, isClean: stateOf(account) === before }).toEqual({ index, outcome, isClean: true });
    expect(['ExpiredCredentials', 'NoCredentials']).toContain(outcome);
    return;
  }
  const { checks, leftovers } = outcome;
  const failed = checks.filter(({ result }) => result === 'fail').map(({ id, detail }) => `${id}: ${detail}`);
  expect({ index, failed }).toEqual({ index, failed: [] });
  expect({ index, unlisted: unlisted(account, live, leftovers) }).toEqual({ index, unlisted: [] });
  if (leftovers.length === 0) expect({ index, isClean: stateOf(account) === before }).toEqual({ index, isClean: true });
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
