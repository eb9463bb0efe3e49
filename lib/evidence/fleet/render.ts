import { markdownCode as code, markdownText } from '../../audit/reports/markdown-text';
import { fitLines, fitTable } from '../../fit-text';
import { joinSections, section } from '../../text-layout';
import { describeTool } from '../../tool';
import { visible, visibleJson } from '../../visible';
import type { EndingWaiver, FleetMember, FleetSummary, StandingResult } from './fleet-summary';

export type FleetFormat = 'text' | 'json' | 'markdown';

/** The page for a person or a program; each ends with a line feed. Only text heeds the columns of a screen. */
export const FLEET_RENDERERS: Readonly<Record<FleetFormat, (summary: FleetSummary, columns?: number) => string>> = {
  text: renderText,
  json: visibleJson,
  markdown: renderMarkdown,
};

const HEADS = ['environment', 'audit', 'host', 'operator', 'age'] as const;

/** The evidence is as old as the oldest of its results. */
function cellsOf({ name, audit, verification, operator, evidence }: FleetMember): readonly string[] {
  const ages = [audit, verification, operator].flatMap((one) => one?.ageDays ?? []);
  const age = ages.length === 0 ? '-' : `${Math.max(...ages)} d`;
  const results = [audit, verification, operator].map(resultCell);
  return [name, ...(evidence === 'fail' ? ['CHANGED', ...results.slice(1)] : results), age];
}

function resultCell(result: StandingResult | undefined): string {
  if (result === undefined) return '-';
  return `${result.verdict}${result.simulated ? ' (simulated)' : ''}`;
}

function renderText(summary: FleetSummary, columns = Number.POSITIVE_INFINITY): string {
  const { environments, verdict } = summary;
  const table = fitTable(HEADS, environments.map(cellsOf), columns);
  const problems = environments
    .filter(({ outcome }) => outcome !== 'pass')
    .flatMap(({ name, problems: found }) => [`  ${name}`, ...found.map((problem) => `    ${visible(problem)}`)]);
  const waivers = endingOf(summary).map(({ name, waiver }) => `  ${name}: ${visible(describeWaiver(waiver))}`);
  const sections = [
    table,
    section('Not passing', problems),
    section(waiversTitle(summary), waivers),
    [`${verdict.toUpperCase()}: ${countsText(summary)}`],
  ];
  return fitLines(joinSections(sections), columns);
}

function renderMarkdown(summary: FleetSummary): string {
  const { environments, asOf, tool } = summary;
  const rows = environments.map((member) => {
    const [name = '', ...cells] = cellsOf(member);
    const problems = member.problems.map(markdownText).join('; ');
    return `| ${[code(name), member.outcome, ...cells.map(markdownText), problems].join(' | ')} |`;
  });
  const heads = ['environment', 'outcome', ...HEADS.slice(1), 'why'];
  const table = [heads, heads.map(() => '---')].map((cells) => `| ${cells.join(' | ')} |`);
  const waivers = endingOf(summary).map(
    ({ name, waiver }) => `- ${code(name)}: ${markdownText(describeWaiver(waiver))}`,
  );
  const ending = waivers.length === 0 ? [] : [[`### ${waiversTitle(summary)}`, '', ...waivers].join('\n')];
  const title = `## Fleet on ${asOf}: ${countsText(summary)}`;
  return `${[title, [...table, ...rows].join('\n'), ...ending, `By ${markdownText(describeTool(tool))}.`].join('\n\n')}\n`;
}

function endingOf({ environments }: FleetSummary) {
  return environments.flatMap(({ name, endingWaivers }) => endingWaivers.map((waiver) => ({ name, waiver })));
}

function waiversTitle({ soonDays }: FleetSummary): string {
  return `Waivers that end within ${soonDays} days`;
}

function describeWaiver({ finding, owner, expires, daysLeft }: EndingWaiver): string {
  const left = daysLeft < 0 ? `ended ${-daysLeft} days ago` : `${daysLeft} days left`;
  return `${finding}, by ${owner}, until ${expires} (${left})`;
}

function countsText({ counts: { total, pass, fail, error } }: FleetSummary): string {
  return `${pass} of ${total} pass, ${fail} fail, ${error} could not be judged`;
}
