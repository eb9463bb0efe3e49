import { type JunitTestcase, type JunitTrouble, junitText } from '../../audit/reports/junit-text';
import { markup } from '../../audit/reports/markup';
import { describeTool } from '../../tool';
import { describeEndpoint } from '../result/describe-endpoint';
import { describeLocked, wayToRemove } from '../result/locked-versions';
import type { CheckResult, Observation, Verification } from '../result/verification';

/**
 * The verification for a build server: a suite of the half that was run, a case for each check.
 *
 * An undecided check is an error, and so is anything left in the bucket.
 */
export function renderJunit(verification: Verification): string {
  const { environment, half, checks, leftovers, durationMs, startedAt } = verification;
  const cases = [...checks.map(checkCase), ...leftovers.map(leftoverCase)];
  const suite = {
    name: `${environment}: ${half}`,
    properties: propertiesOf(verification),
    cases,
    durationMs,
    startedAt,
  };
  return junitText('vault-env verify', [suite]);
}

function propertiesOf(verification: Verification) {
  const { verdict, account, bucket, role, simulated, runId, locked, evidence, tool } = verification;
  const { doubts = [], answeredBy = [], credentials } = verification;
  return [
    { name: 'verdict', value: verdict },
    ...(tool === undefined ? [] : [{ name: 'tool', value: describeTool(tool) }]),
    { name: 'account', value: account },
    { name: 'bucket', value: bucket },
    { name: 'ran as', value: role ?? 'unknown' },
    ...(simulated ? [{ name: 'simulated', value: 'true' }] : []),
    { name: 'run', value: runId },
    ...(credentials ? [{ name: 'credentials', value: credentials.source }] : []),
    ...answeredBy.map((one) => ({ name: 'answered by', value: describeEndpoint(one) })),
    ...doubts.map((value) => ({ name: 'no pass', value })),
    ...(locked ? [{ name: 'locked', value: describeLocked(locked) }] : []),
    { name: 'stack', value: `sha256:${evidence.stackSha256}` },
  ];
}

function checkCase(check: CheckResult): JunitTestcase {
  const { id, kind, title, durationMs } = check;
  return { classname: `${kind}.${id}`, name: title, durationMs, trouble: troubleOf(check) };
}

function troubleOf(check: CheckResult): JunitTrouble | undefined {
  const { result, detail: message } = check;
  if (result === 'pass') return undefined;
  const text = linesOf(check).map((line) => markup`${line}\n`);
  return result === 'fail'
    ? { kind: 'failure', type: 'fail', message, text }
    : { kind: 'error', type: 'inconclusive', message, text };
}

function leftoverCase(leftover: Verification['leftovers'][number]): JunitTestcase {
  const { kind, key, reason } = leftover;
  const trouble = { kind: 'error', type: 'leftover', message: reason, text: wayToRemove(leftover) } as const;
  return { classname: 'leftover', name: `${kind} ${key}`, trouble };
}

function linesOf({ expected, observed, diagnoses = [], lookAt }: CheckResult): readonly string[] {
  return [
    `Expected: ${expected}`,
    ...observed.map(describeObservation),
    ...diagnoses.flatMap(({ cause, fix, inVault }) => [
      `Cause: ${cause}`,
      `Fix: ${fix}`,
      ...(inVault === undefined ? [] : [`In Vault it shows as: ${inVault}`]),
    ]),
    ...(lookAt === undefined ? [] : [`Look at: ${lookAt}`]),
  ];
}

function describeObservation({ call, answer, status, requestId }: Observation): string {
  const facts = [status === undefined ? [] : `HTTP ${status}`, requestId === undefined ? [] : `request ${requestId}`];
  return `Observed: ${[`${call}: ${answer}`, ...facts.flat()].join(', ')}`;
}
