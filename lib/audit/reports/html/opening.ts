import { describeTool } from '../../../tool';
import type { AuditReport, AuditVerdict, Finding } from '../../report/audit-report';
import { type Markup, markup } from '../markup';
import { byStanding, STANDING_WORDS } from '../standing';
import { standingMark } from './standing-mark';

const MEANINGS: Readonly<Record<AuditVerdict, string>> = {
  pass: 'Everything that could be read is as it must be, or somebody answers for it.',
  fail: 'Something is not as it must be, and nobody answers for it.',
  unknown: 'Nothing fails, but something that decides could not be read. That is no pass.',
};

/** Name, verdict and where the environment is. */
export function opening({ environment, verdict, account, region, tool, catalogue, asOf }: AuditReport): Markup {
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
<p class="verdict">${standingMark(verdict)} <span>${MEANINGS[verdict]}</span></p>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}

/** How many findings there are of each standing, as a bar and in words. */
export function tally(findings: readonly Finding[]): Markup {
  const groups = byStanding(findings);
  return markup`<div class="bar" aria-hidden="true">${groups.map(([standing, found]) => markup`<span class="${standing}" style="flex:${found.length}"></span>`)}</div>
<ul class="counts">${groups.map(([standing, found]) => markup`<li class="${standing}"><b>${found.length}</b> ${STANDING_WORDS[standing]}</li>`)}</ul>
`;
}
