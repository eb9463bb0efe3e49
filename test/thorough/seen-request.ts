import { connectAws } from '../../lib/aws/connect';
import type { RequestLogEntry } from '../../lib/simulated-aws/server/log/request-log';
import type { Phase } from '../../lib/verify/run/progress';
import type { VerifyOptions } from '../../lib/verify/run/verify-options';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { verifyDeployed } from '../verify/verify-deployed';

const MINUTE_MS = 60_000;

/** A request as the account saw it, and the phase of the verification that made it. */
export interface SeenRequest {
  readonly phase: Phase | 'identity';
  readonly entry: RequestLogEntry;
}

/** Verifies on a connection of its own, and answers with what was asked. */
export async function watchVerification(
  live: DeployedEnvironment,
  options: Partial<VerifyOptions> = {},
): Promise<readonly SeenRequest[]> {
  const { requestLog } = live.account;
  const start = requestLog.count;
  const phases: { readonly from: number; readonly phase: SeenRequest['phase'] }[] = [];
  const onProgress: VerifyOptions['onProgress'] = ({ phase }) => phases.push({ from: requestLog.count, phase });
  const { leftovers } = await onNewConnection(live, (aws) => verifyDeployed(live, { ...options, aws, onProgress }));
  expect(leftovers).toEqual([]);
  return requestLog.since(start).map((entry, index) => ({
    entry,
    phase: phases.findLast(({ from }) => from <= start + index)?.phase ?? 'identity',
  }));
}

/** Connects anew on the host that this process became, so that no fault of an earlier run is remembered. */
export async function onNewConnection<T>(
  { account, target }: DeployedEnvironment,
  work: (aws: ReturnType<typeof connectAws>) => Promise<T>,
): Promise<T> {
  const { region } = target;
  // A busy machine is no failure.
  const aws = connectAws({ region, caCertificatesPem: account.caCertificatePem, connectTimeoutMs: MINUTE_MS });
  try {
    return await work(aws);
  } finally {
    aws.close();
  }
}

/** Whether a check judges the answer by itself. */
export function isJudged({ phase }: SeenRequest): boolean {
  return phase === 'positive' || phase === 'negative';
}

/** The account's facts about a request, whichever check made it. */
export function lookOf({ phase, entry }: SeenRequest): string {
  const { eventSource, eventName, awsRegion, httpStatusCode, tls } = entry;
  const scheme = tls === 'none' ? 'HTTP' : 'HTTPS';
  return `${phase}: ${eventName} of ${eventSource} in ${awsRegion} over ${scheme}, ${httpStatusCode}`;
}

export function isSameOperation(left: RequestLogEntry, right: RequestLogEntry): boolean {
  return left.eventSource === right.eventSource && left.eventName === right.eventName;
}

const WRITES = new Set(['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload']);

/** The object that a request of the run wrote, or wrote a part of, by its key after the run's id. */
export function objectWrittenBy({ entry }: SeenRequest, { config }: DeployedEnvironment): string | undefined {
  if (!WRITES.has(entry.eventName) || (entry.httpStatusCode ?? 0) >= 300) return undefined;
  const [, key = ''] = entry.decisions[0]?.resource.split(config.permissions.verificationPrefix) ?? [];
  return key.slice(key.indexOf('/') + 1);
}
