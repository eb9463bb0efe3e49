import { markdownCode as code, markdownText as text } from '../../audit/reports/markdown-text';
import type { AnsweringEndpoint } from '../../aws/endpoint-log';
import { describeTool } from '../../tool';
import { describeEndpoint } from '../result/describe-endpoint';
import { describeLocked, wayToRemove } from '../result/locked-versions';
import type { CheckResult, Leftover, Result, Verification } from '../result/verification';

const SIGNS: Readonly<Record<Result, string>> = { pass: '✅ pass', fail: '❌ fail', inconclusive: '❔ inconclusive' };

/** The verification as a comment or a page: what did not pass is open, the rest is folded. Ends with a line feed. */
export function renderMarkdown(verification: Verification): string {
  const { checks, locked, leftovers, notAssessed = [], warnings = [], doubts = [], answeredBy = [] } = verification;
  const sections = [
    headline(verification),
    ...(doubts.length === 0 ? [] : [doubts.map((doubt) => `> **No pass:** ${text(doubt)}`).join('\n')]),
    ...warnings.map((warning) => `> **Warning:** ${text(warning)}`),
    ...checks.filter(({ result }) => result !== 'pass').map(openCheck),
    ...(locked ? [text(describeLocked(locked))] : []),
    ...leftoverSection(leftovers),
    ...foldedSection(checks.filter(({ result }) => result === 'pass')),
    ...(notAssessed.length === 0
      ? []
      : [`Not assessed:\n\n${notAssessed.map((line) => `- ${text(line)}`).join('\n')}`]),
    ...(answeredBy.length === 0 ? [] : [`Answered by:\n\n${answeredBy.map(endpointLine).join('\n')}`]),
    `Tied to the stack ${code(verification.evidence.stackSha256)}, run ${code(verification.runId)}${judge(verification)}.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function judge({ tool }: Verification): string {
  return tool === undefined ? '' : `, judged by ${text(describeTool(tool))}`;
}

function endpointLine(endpoint: AnsweringEndpoint): string {
  return `- ${text(describeEndpoint(endpoint))}`;
}

function headline({ environment, half, verdict, counts, account, bucket, role, simulated }: Verification): string {
  const { pass, fail, inconclusive, total } = counts;
  return [
    `## Verification of ${text(environment)} as ${half}: ${SIGNS[verdict]}`,
    '',
    `Bucket ${code(bucket)} in account ${text(account)}${simulated ? ' (simulated, not AWS)' : ''}, run as ${code(role ?? 'unknown')}. ` +
      `${pass} of ${total} checks passed, ${fail} failed, ${inconclusive} unclear.`,
  ].join('\n');
}

function openCheck({ id, title, result, expected, observed, detail, diagnoses = [], lookAt }: CheckResult): string {
  return [
    `### ${SIGNS[result]}: ${text(title)}`,
    '',
    `${text(detail)} (check ${code(id)})`,
    '',
    `- expected: ${text(expected)}`,
    ...observed.map(({ call, answer, requestId }) => {
      const request = requestId === undefined ? '' : `, request ${code(requestId)}`;
      return `- observed: ${code(call)} answered ${code(answer)}${request}`;
    }),
    ...diagnoses.flatMap(({ cause, fix, inVault }) => [
      `- **cause:** ${text(cause)}`,
      `- **fix:** ${text(fix)}`,
      ...(inVault === undefined ? [] : [`- in Vault it shows as: ${text(inVault)}`]),
    ]),
    ...(lookAt === undefined ? [] : [`- look at: ${text(lookAt)}`]),
  ].join('\n');
}

function leftoverSection(leftovers: readonly Leftover[]): readonly string[] {
  if (leftovers.length === 0) return [];
  const rows = leftovers.map(
    (one) => `- ${text(one.kind)} ${code(one.key)}: ${text(one.reason)}\n  ${code(wayToRemove(one))}`,
  );
  return [`### Left in the bucket\n\n${rows.join('\n')}`];
}

function foldedSection(passed: readonly CheckResult[]): readonly string[] {
  if (passed.length === 0) return [];
  const rows = passed.map(({ id, title }) => `| ${code(id)} | ${text(title)} |`);
  const table = ['| check | what it proves |', '| --- | --- |', ...rows].join('\n');
  return [`<details><summary>${passed.length} passed</summary>\n\n${table}\n\n</details>`];
}
