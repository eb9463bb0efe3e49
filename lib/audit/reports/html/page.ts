import { describeTool } from '../../../tool';
import type { AuditReport, AuditVerdict, Finding } from '../../report/audit-report';
import { onDay } from '../../report/verdict';
import { type Markup, markup } from '../markup';
import { byStanding, STANDING_WORDS } from '../standing';
import { access } from './access';
import { architecture } from './architecture/picture';
import { besideTheVendor, sinceBaseline, whatWasRead } from './closing';
import { controlTables } from './controls';
import { loudFindings, quietFindings } from './finding-list';
import { listOf, type PagePart, renderPage } from './frame';
import { numberFindings } from './numbered-findings';
import { standingMark } from './standing-mark';

const MEANINGS: Readonly<Record<AuditVerdict, string>> = {
  pass: 'Everything that could be read is as it must be, or somebody answers for it.',
  fail: 'Something is not as it must be, and nobody answers for it.',
  unknown: 'Nothing fails, but something that decides could not be read. That is no pass.',
};

/** Name, verdict and where the environment is. */
function opening(report: AuditReport): Markup {
  const { environment, verdict, account, region, tool, catalogue, asOf } = report;
  const facts = [
    ['Account', account],
    ['Region', region],
    ...(asOf === undefined ? [] : [['As of', asOf]]),
    ['Tool', describeTool(tool)],
    ['Actions known from', `${catalogue.name} ${catalogue.version}`],
  ];
  return markup`<header>
<p class="over">Audit of a Vault backup environment</p>
<h1>${environment}</h1>
<p class="verdict">${standingMark(verdict)}${onDay(report)} <span>${MEANINGS[verdict]}</span></p>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}

/** How many findings there are of each standing, as a bar and in words. */
function tally(findings: readonly Finding[]): Markup {
  const groups = byStanding(findings);
  return markup`<div class="bar" aria-hidden="true">${groups.map(([standing, found]) => markup`<span class="${standing}" style="flex:${found.length}"></span>`)}</div>
<ul class="counts">${groups.map(([standing, found]) => markup`<li class="${standing}"><b>${found.length}</b> ${STANDING_WORDS[standing]}</li>`)}</ul>
`;
}

/** The report as one page for a person, which needs neither network nor script. */
export function renderHtml(report: AuditReport): string {
  const { environment, verdict, tool } = report;
  return renderPage({
    title: `Audit of ${environment}: ${verdict}${onDay(report)}`,
    opening: opening(report),
    parts: partsOf(report),
    footer: `Made by ${describeTool(tool)} from the files named above, without an AWS account. The same files make the same page.`,
  });
}

function partsOf(report: AuditReport): readonly PagePart[] {
  const { findings, baseline, vendor, notAssessed } = report;
  const numbered = numberFindings(findings);
  return [
    { anchor: 'findings', title: 'Findings', content: [tally(findings), loudFindings(numbered)] },
    { anchor: 'architecture', title: 'Architecture', content: architecture(report) },
    { anchor: 'access', title: 'Who can do what', content: access(report) },
    ...(baseline === undefined
      ? []
      : [{ anchor: 'since', title: `Since ${baseline.baseline}`, content: sinceBaseline(baseline) }]),
    { anchor: 'controls', title: 'Controls', content: controlTables(numbered) },
    { anchor: 'others', title: 'All other findings', content: quietFindings(numbered) },
    ...(vendor === undefined
      ? []
      : [{ anchor: 'vendor', title: 'Beside the vendor', content: besideTheVendor(vendor) }]),
    { anchor: 'not-assessed', title: 'Not assessed', content: listOf(notAssessed) },
    { anchor: 'read', title: 'What was read', content: whatWasRead(report) },
  ];
}
