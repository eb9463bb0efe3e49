import { describeTool } from '../tool';
import { wrap } from '../verify/report/wrap';
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

export interface TextReportOptions {
  readonly paint: Paint;
  /** Width of the lines in characters. */
  readonly columns: number;
}

/** The report of a rehearsal for a person. Pure. */
export function renderRehearsalText(rehearsal: Rehearsal, options: TextReportOptions): string {
  const { columns } = options;
  const lines = [
    `Rehearsal against a simulated AWS account${rehearsal.tool === undefined ? '' : `, by ${describeTool(rehearsal.tool)}`}`,
    ...rehearsal.environments.flatMap((environment) => ['', ...renderEnvironment(environment, options)]),
    '',
    ...(rehearsal.leftOut ?? []).flatMap(({ name, like }) =>
      wrap(`${name}, of the encryption method and kind of host of ${like}; --all takes it too`, {
        columns,
        lead: 'Not rehearsed: ',
      }),
    ),
    ...verdictLines(rehearsal, options),
  ];
  return `${lines.join('\n')}\n`;
}

/** The names beside the verdict, or below it where there is no room. */
function verdictLines({ verdict, environments }: Rehearsal, { paint, columns }: TextReportOptions): readonly string[] {
  const names = `(${environments.map((one) => `${one.name} ${one.verdict}`).join(', ')})`;
  const title = 'Verdict (simulated): ';
  const line = `${title}${paint(verdict, STYLES[verdict])}`;
  const isRoom = title.length + verdict.length + 2 + names.length <= columns;
  return isRoom ? [`${line}  ${names}`] : [line, ...wrap(names, { columns, lead: '  ' })];
}

function renderEnvironment(environment: EnvironmentRehearsal, options: TextReportOptions): readonly string[] {
  const { name, steps, assumed, verification, folder } = environment;
  const rows = steps.map(({ detail, ...step }) => ({
    ...step,
    remarks: detail === undefined ? [] : detail.split('\n'),
  }));
  return [
    options.paint(name, 'bold'),
    ...renderRows(rows, options),
    ...(verification === undefined ? [] : renderVerification(verification, options)),
    ...assumed.flatMap((sentence) => wrap(sentence, { columns: options.columns, lead: '  Assumed: ' })),
    ...(folder === undefined ? [] : [`  Kept in ${folder}`]),
  ];
}

function renderVerification(
  { checks, counts, locked, leftovers, notAssessed = [], doubts = [] }: Verification,
  options: TextReportOptions,
): readonly string[] {
  const { columns } = options;
  const rows = checks.map(({ result, title, durationMs, detail, lookAt }) => ({
    result,
    title,
    durationMs,
    remarks: result === 'pass' ? [] : [detail, ...(lookAt === undefined ? [] : [`look at: ${lookAt}`])],
  }));
  return [
    `  Verification as the role: ${counts.pass} of ${counts.total} checks pass`,
    ...renderRows(rows, options),
    ...doubts.flatMap((sentence) => wrap(sentence, { columns, lead: '  No pass: ' })),
    ...notAssessed.flatMap((sentence) => wrap(sentence, { columns, lead: '  Not asked: ' })),
    ...(locked === undefined ? [] : wrap(describeLocked(locked), { columns, lead: '  ' })),
    ...leftovers.flatMap(({ kind, key, reason }) =>
      wrap(`${kind} ${key} (${reason})`, { columns, lead: '  Left behind: ' }),
    ),
  ];
}

const INDENT = ' '.repeat('    '.length + RESULT_WIDTH + '  '.length);
const SECONDS_WIDTH = '  9999.9 s'.length;

function renderRows(rows: readonly Row[], { paint, columns }: TextReportOptions): readonly string[] {
  const longest = Math.max(0, ...rows.map(({ title }) => title.length));
  const titleWidth = Math.min(longest, columns - INDENT.length - SECONDS_WIDTH);
  return rows.flatMap(({ result, title, durationMs, remarks }) => {
    const [first = '', ...others] = wrap(title, { columns: titleWidth, lead: '' });
    return [
      `    ${paint(result.padEnd(RESULT_WIDTH), STYLES[result])}  ${first.padEnd(titleWidth)}  ${seconds(durationMs)}`,
      ...others.map((line) => `${INDENT}${line}`),
      ...remarks.flatMap((remark) => remarkLines(remark, columns)),
    ];
  });
}

/** A line that fits stays as it is, so that what Terraform drew keeps its form. */
function remarkLines(remark: string, columns: number): readonly string[] {
  const line = `${INDENT}${remark}`;
  return line.length <= columns ? [line] : wrap(remark, { columns, lead: INDENT });
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1).padStart(6)} s`;
}
