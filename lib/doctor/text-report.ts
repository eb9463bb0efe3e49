import { describeTool } from '../tool';
import { wrap } from '../verify/report/wrap';
import type { Examination, Finding, FindingResult } from './examination';

export interface TextReportOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  readonly paint: (text: string, style: 'green' | 'red' | 'yellow' | 'bold') => string;
}

const WORDS: Readonly<Record<FindingResult, string>> = { pass: 'pass', note: 'note', fail: 'FAIL' };
const STYLES = { pass: 'green', note: 'yellow', fail: 'red' } as const;

/** The examination for a person. Ends with a line feed. */
export function renderExamination(examination: Examination, options: TextReportOptions): string {
  const { findings, verdict, simulated, tool } = examination;
  const failed = findings.filter(({ result }) => result === 'fail').length;
  const lines = [
    ...findings.flatMap((finding) => renderFinding(finding, options)),
    '',
    ...(tool === undefined ? [] : [`Examined by ${describeTool(tool)}`]),
    `${options.paint(verdict.toUpperCase(), STYLES[verdict])}: ${failed} of ${findings.length} to put right${simulated ? ' (simulated, not AWS)' : ''}`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderFinding({ result, title, found, fix, diagnoses = [] }: Finding, { columns, paint }: TextReportOptions) {
  const word = WORDS[result];
  const [first = '', ...rest] = wrap(title, { columns, lead: `${word}  ` });
  const facts = [
    ...found.map((text) => ['', text] as const),
    ...diagnoses.flatMap((one) => [['cause', one.cause] as const, ['fix', one.fix] as const]),
    ...(fix === undefined ? [] : [['fix', fix] as const]),
  ];
  return [
    // Colour comes after the layout, because its characters take no room.
    `${paint(word, STYLES[result])}${first.slice(word.length)}`,
    ...rest,
    ...facts.flatMap(([name, text]) => wrap(text, { columns, lead: `      ${name.padEnd(name === '' ? 0 : 7)}` })),
  ];
}
