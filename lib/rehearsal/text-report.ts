import { describeTool } from '../tool';
import { describeLocked } from '../verify/result/locked-versions';
import type { Verification } from '../verify/result/verification';
import type { EnvironmentRehearsal, Rehearsal, Verdict } from './rehearsal';

/** Gives text a style on a terminal; elsewhere returns it as it is. */
export type Paint = (text: string, style: 'green' | 'red' | 'yellow' | 'bold') => string;

const STYLES = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;
const RESULT_WIDTH = 'inconclusive'.length;

/** A line of the report: a step or a check. */
interface Row {
  readonly result: Verdict;
  readonly title: string;
  readonly durationMs: number;
  /** Shown below, a line each. */
  readonly remarks: readonly string[];
}

/** The report of a rehearsal for a person. Pure. */
export function renderRehearsalText(rehearsal: Rehearsal, paint: Paint): string {
  const names = rehearsal.environments.map(({ name, verdict }) => `${name} ${verdict}`).join(', ');
  const lines = [
    `Rehearsal against a simulated AWS account${rehearsal.tool === undefined ? '' : `, by ${describeTool(rehearsal.tool)}`}`,
    ...rehearsal.environments.flatMap((environment) => ['', ...renderEnvironment(environment, paint)]),
    '',
    ...(rehearsal.leftOut ?? []).map(
      ({ name, like }) =>
        `Not rehearsed: ${name}, of the encryption method and kind of host of ${like}; --all takes it too`,
    ),
    `Verdict (simulated): ${paint(rehearsal.verdict, STYLES[rehearsal.verdict])}  (${names})`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderEnvironment(environment: EnvironmentRehearsal, paint: Paint): readonly string[] {
  const { name, steps, assumed, verification, folder } = environment;
  const rows = steps.map(({ detail, ...step }) => ({
    ...step,
    remarks: detail === undefined ? [] : detail.split('\n'),
  }));
  return [
    paint(name, 'bold'),
    ...renderRows(rows, paint),
    ...(verification === undefined ? [] : renderVerification(verification, paint)),
    ...assumed.map((sentence) => `  Assumed: ${sentence}`),
    ...(folder === undefined ? [] : [`  Kept in ${folder}`]),
  ];
}

function renderVerification(
  { checks, counts, locked, leftovers, notAssessed = [], doubts = [] }: Verification,
  paint: Paint,
): readonly string[] {
  const rows = checks.map(({ result, title, durationMs, detail, lookAt }) => ({
    result,
    title,
    durationMs,
    remarks: result === 'pass' ? [] : [detail, ...(lookAt === undefined ? [] : [`look at: ${lookAt}`])],
  }));
  return [
    `  Verification as the role: ${counts.pass} of ${counts.total} checks pass`,
    ...renderRows(rows, paint),
    ...doubts.map((sentence) => `  No pass: ${sentence}`),
    ...notAssessed.map((sentence) => `  Not asked: ${sentence}`),
    ...(locked === undefined ? [] : [`  ${describeLocked(locked)}`]),
    ...leftovers.map(({ kind, key, reason }) => `  Left behind: ${kind} ${key} (${reason})`),
  ];
}

function renderRows(rows: readonly Row[], paint: Paint): readonly string[] {
  const titleWidth = Math.max(0, ...rows.map(({ title }) => title.length));
  return rows.flatMap(({ result, title, durationMs, remarks }) => [
    `    ${paint(result.padEnd(RESULT_WIDTH), STYLES[result])}  ${title.padEnd(titleWidth)}  ${seconds(durationMs)}`,
    ...remarks.map((remark) => `    ${' '.repeat(RESULT_WIDTH)}  ${remark}`),
  ]);
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1).padStart(6)} s`;
}
