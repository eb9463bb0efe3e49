import { connectAws } from '../../lib/aws/connect';
import type { RequestLogEntry } from '../../lib/simulated-aws/request-log';
import type { Phase } from '../../lib/verify/progress';
import { selectChecks } from '../../lib/verify/selection';
import type { VerifyOptions } from '../../lib/verify/verify-options';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { verifyDeployed } from '../verify/verify-deployed';

/** A request as the account saw it, and the phase of the verification that made it. */
export interface SeenRequest {
  readonly phase: Phase | 'identity';
  readonly entry: RequestLogEntry;
}

/** Requests that are alike for whoever makes them, and one of them that stands for all. */
export interface RequestClass {
  readonly name: string;
  readonly request: SeenRequest;
  /** The one check of the verification that makes the request. */
  readonly check: string;
  /** Its number among the requests of the same operation there, counted from 1. */
  readonly number: number;
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
  const aws = connectAws({ region: target.region, caCertificatesPem: account.caCertificatePem });
  try {
    return await work(aws);
  } finally {
    aws.close();
  }
}

/** The checks that a run leaves out which makes one check alone. */
export function allBut(live: DeployedEnvironment, check: string): readonly string[] {
  return checksOf(live).filter((id) => id !== check);
}

function checksOf({ config }: DeployedEnvironment): readonly string[] {
  const { positives, negatives } = selectChecks({ permissions: config.permissions });
  return [...positives, ...negatives].map(({ id }) => id);
}

/** Every class of the requests that a verification makes, read from runs of one check each. */
export async function requestClasses(live: DeployedEnvironment): Promise<readonly RequestClass[]> {
  const classes = new Map<string, RequestClass>();
  for (const check of checksOf(live)) {
    const seen = await watchVerification(live, { without: allBut(live, check) });
    for (const [index, request] of seen.entries()) {
      const name = nameOf(check, seen, index);
      const number = seen.slice(0, index + 1).filter(({ entry }) => isSameOperation(entry, request.entry)).length;
      if (!classes.has(name)) classes.set(name, { name, request, check, number });
    }
  }
  return [...classes.values()];
}

/**
 * A check judges each of its answers in its own way, so each of its requests is a class. Repeating what passed, telling
 * who asks and cleaning up are the same code for all checks.
 */
function nameOf(check: string, seen: readonly SeenRequest[], index: number): string {
  const request = seen[index] as SeenRequest;
  const { phase, entry } = request;
  if (phase === 'again') return lookOf(request);
  const ofPhase = seen.filter((one) => one.phase === phase);
  const place = `request ${ofPhase.indexOf(request) + 1} of ${ofPhase.length}`;
  return `${isJudged(request) ? check : phase}, ${place}: ${entry.eventName}`;
}

/** Whether a check judges the answer by itself. */
export function isJudged({ phase }: SeenRequest): boolean {
  return phase === 'positive' || phase === 'negative';
}

/** What the account can tell of a request, whichever check made it. */
export function lookOf({ phase, entry }: SeenRequest): string {
  const { eventSource, eventName, awsRegion, httpStatusCode, tls } = entry;
  const scheme = tls === 'none' ? 'HTTP' : 'HTTPS';
  return `${phase}: ${eventName} of ${eventSource} in ${awsRegion} over ${scheme}, ${httpStatusCode}`;
}

export function isSameOperation(left: RequestLogEntry, right: RequestLogEntry): boolean {
  return left.eventSource === right.eventSource && left.eventName === right.eventName;
}
