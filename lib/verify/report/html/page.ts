import { type PagePart, renderPage } from '../../../audit/reports/html/frame';
import { type Markup, markup } from '../../../audit/reports/markup';
import type { Half, Result, Verification } from '../../result/verification';
import { openChecks, passedChecks } from './check-list';
import { answeringEndpoints, leftBehind, notAsked, ties } from './grounds';
import { RESULT_WORDS, resultMark, TONES } from './mark';

/** The verification as one page for a person, in the manner of the audit's: it needs neither network nor script. */
export function renderHtml(verification: Verification): string {
  const { environment, verdict, simulated } = verification;
  return renderPage({
    title: `Verification of ${environment}: ${verdict}`,
    opening: opening(verification),
    parts: partsOf(verification),
    footer: `Made by vault-env verify from answers of ${simulated ? 'a simulated account' : 'the endpoints named above'}.`,
  });
}

function partsOf(verification: Verification): readonly PagePart[] {
  const { checks } = verification;
  return [
    { anchor: 'checks', title: 'Checks', content: [tally(verification), openChecks(checks)] },
    { anchor: 'answers', title: 'Where the answers came from', content: answeringEndpoints(verification) },
    { anchor: 'others', title: 'What passed', content: passedChecks(checks) },
    { anchor: 'not-asked', title: 'Not asked', content: notAsked(verification) },
    { anchor: 'left', title: 'Left in the bucket', content: leftBehind(verification) },
    { anchor: 'ties', title: 'What it belongs to', content: ties(verification) },
  ];
}

const MEANINGS: Readonly<Record<Result, string>> = {
  pass: 'Every check passed, and nothing is in doubt.',
  fail: 'Something is not as it must be.',
  inconclusive: 'Nothing fails, but something could not be decided or is in doubt. That is no pass.',
};

const HALVES: Readonly<Record<Half, string>> = {
  host: 'the host’s: what the role can do',
  operator: 'the operator’s: the configuration as audited',
};

/** Name, verdict, where the environment is and who asked. */
function opening(verification: Verification): Markup {
  const { environment, verdict, doubts = [], warnings = [] } = verification;
  return markup`<header>
<p class="over">Verification of a Vault backup environment</p>
<h1>${environment}</h1>
<p class="verdict">${resultMark(verdict)} <span>${MEANINGS[verdict]}</span></p>
${doubts.map((doubt) => markup`<p><b>No pass:</b> ${doubt}</p>\n`)}${warnings.map((warning) => markup`<p><b>Warning:</b> ${warning}</p>\n`)}<dl class="facts">${factsOf(verification).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}

function factsOf({ account, simulated, bucket, role, half, startedAt, durationMs, credentials, runId }: Verification) {
  const until = credentials?.expiration === undefined ? '' : `, until ${credentials.expiration}`;
  return [
    ['Account', simulated ? `${account} (simulated, not AWS)` : account],
    ['Bucket', bucket],
    ['Ran as', role ?? 'unknown'],
    ['Half', HALVES[half]],
    ...(credentials === undefined ? [] : [['Credentials', `${credentials.source}${until}`]]),
    ['Started', startedAt],
    ['Took', `${(durationMs / 1000).toFixed(1)} s`],
    ['Run', runId],
  ];
}

/** How many checks there are of each result, as a bar and in words. */
function tally({ counts }: Verification): Markup {
  const groups = (['fail', 'inconclusive', 'pass'] as const).filter((result) => counts[result] > 0);
  return markup`<div class="bar" aria-hidden="true">${groups.map((result) => markup`<span class="${TONES[result]}" style="flex:${counts[result]}"></span>`)}</div>
<ul class="counts">${groups.map((result) => markup`<li class="${TONES[result]}"><b>${counts[result]}</b> ${RESULT_WORDS[result]}</li>`)}</ul>
`;
}
