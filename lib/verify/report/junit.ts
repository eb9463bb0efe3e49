import { type Markup, markup } from '../../audit/reports/markup';
import { describeTool } from '../../tool';
import { describeEndpoint } from '../result/describe-endpoint';
import { describeLocked, wayToRemove } from '../result/locked-versions';
import type { CheckResult, Observation, Verification } from '../result/verification';

/**
 * The verification for a build server: a suite of the half that was run, a case for each check.
 *
 * An undecided check is an error, and so is anything left in the bucket.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function renderJunit(verification: Verification): string {
  const { environment, half, counts, checks, leftovers, durationMs, startedAt } = verification;
  const tests = counts.total + leftovers.length;
  const errors = counts.inconclusive + leftovers.length;
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vault-env verify">
  <testsuite name="${environment}: ${half}" tests="${tests}" failures="${counts.fail}" errors="${errors}" skipped="0" time="${seconds(durationMs)}" timestamp="${startedAt.replace(/\.\d+Z$/, '')}">
    <properties>
${propertiesOf(verification).map(({ name, value }) => markup`      <property name="${name}" value="${value}"/>\n`)}    </properties>
${checks.map(checkCase)}${leftovers.map(
  (
    leftover,
  ) => markup`    <testcase classname="leftover" name="${leftover.kind} ${leftover.key}"><error type="leftover" message="${leftover.reason}">${wayToRemove(leftover)}</error></testcase>
`,
)}  </testsuite>
</testsuites>
`;
  return text;
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

function checkCase(check: CheckResult): Markup {
  const { id, kind, title, durationMs } = check;
  return markup`    <testcase classname="${kind}.${id}" name="${title}" time="${seconds(durationMs)}">${outcomeOf(check)}</testcase>
`;
}

function outcomeOf(check: CheckResult): Markup | undefined {
  const { result, detail } = check;
  if (result === 'pass') return undefined;
  const lines = linesOf(check).map((line) => markup`${line}\n`);
  return result === 'fail'
    ? markup`<failure type="fail" message="${detail}">${lines}</failure>`
    : markup`<error type="inconclusive" message="${detail}">${lines}</error>`;
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

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
