import { markdownCode as code, markdownText as text } from '../audit/reports/markdown-text';
import { describeTool } from '../tool';
import { visibleJson, visibleLines } from '../visible';
import { type JunitCase, type JunitSuite, renderJunit } from './junit';
import type { Summary, SummaryMember } from './summary';

/** The cases of one document. */
export type CasesOf = (document: unknown) => readonly JunitCase[];

export type SummaryFormat = 'text' | 'json' | 'markdown' | 'junit';

/** The summary for a person or a program; each ends with a line feed. */
export const SUMMARY_RENDERERS: Readonly<Record<SummaryFormat, (summary: Summary, casesOf?: CasesOf) => string>> = {
  text: renderText,
  json: visibleJson,
  markdown: renderMarkdown,
  junit: ({ verb, members }, casesOf) => renderJunit(`vault-env ${verb}`, suitesOf(verb, members, casesOf)),
};

/** A suite for each whose document says more; what has none is a case of the verb. */
function suitesOf(
  verb: string,
  members: readonly SummaryMember[],
  casesOf: CasesOf | undefined,
): readonly JunitSuite[] {
  const isTold = ({ document }: SummaryMember) => casesOf !== undefined && document !== undefined;
  const told = members.filter(isTold).map(({ name, document }) => ({ name, cases: casesOf?.(document) ?? [] }));
  const others = members.filter((member) => !isTold(member));
  return others.length === 0 ? told : [...told, { name: verb, cases: others.map(caseOf) }];
}

function renderText(summary: Summary): string {
  const width = Math.max(0, ...summary.members.map(({ name }) => name.length));
  const lines = summary.members.flatMap(({ name, outcome, durationMs, error }) => [
    `${outcome.padEnd('error'.length)}  ${name.padEnd(width)}  ${(durationMs / 1000).toFixed(1)} s`,
    ...(error === undefined
      ? []
      : visibleLines(`${error.code}: ${error.message}`).replace(/^/gm, '       ').split('\n')),
  ]);
  return `${[...lines, '', countsText(summary)].join('\n')}\n`;
}

function renderMarkdown(summary: Summary): string {
  const { verb, members, tool } = summary;
  const rows = members.map(({ name, outcome, error }) => {
    const [why = ''] = (error?.message ?? '').split('\n');
    return `| ${code(name)} | ${outcome} | ${error === undefined ? '' : text(`${error.code}: ${why}`)} |`;
  });
  const table = ['| name | outcome | why |', '| --- | --- | --- |', ...rows].join('\n');
  return `## ${text(verb)}: ${countsText(summary)}\n\n${table}\n\nBy ${text(describeTool(tool))}.\n`;
}

function countsText({ counts: { total, pass, fail, error } }: Summary): string {
  return `${pass} of ${total} pass, ${fail} fail, ${error} could not be judged`;
}

function caseOf({ name, outcome, durationMs, error }: SummaryMember) {
  return { name, outcome, durationMs, detail: error === undefined ? outcome : `${error.code}: ${error.message}` };
}
