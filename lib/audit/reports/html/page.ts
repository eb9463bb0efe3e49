import type { AuditReport } from '../../report/audit-report';
import { type Content, type Markup, markup } from '../markup';
import { access } from './access';
import { architecture } from './architecture/picture';
import { besideTheVendor, sinceBaseline, whatWasRead } from './closing';
import { controlTables } from './controls';
import { loudFindings, quietFindings } from './finding-list';
import { numberFindings } from './numbered-findings';
import { opening, tally } from './opening';
import { STYLE } from './style';

/** One part of the page, with its anchor. */
interface Part {
  readonly anchor: string;
  readonly title: string;
  readonly content: Content;
}

/** Nothing is fetched and nothing is run, whatever the report holds. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The report as one page for a person, which needs neither network nor script. */
export function renderHtml(report: AuditReport): string {
  const parts = partsOf(report);
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Audit of ${report.environment}: ${report.verdict}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<div class="page">
${opening(report)}<nav aria-label="Contents"><ul>${parts.map(({ anchor, title }) => markup`<li><a href="#${anchor}">${title}</a></li>`)}</ul></nav>
<main>
${parts.map(section)}</main>
<footer>Made by ${report.tool.name} ${report.tool.version} from the files named above, without an AWS account. The same files make the same page.</footer>
</div>
</body>
</html>
`;
  return text;
}

function partsOf(report: AuditReport): readonly Part[] {
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

function section({ anchor, title, content }: Part): Markup {
  return markup`<section id="${anchor}" aria-labelledby="${anchor}-title"><h2 id="${anchor}-title">${title}</h2>
${content}</section>
`;
}

function listOf(lines: readonly string[]): Markup {
  if (lines.length === 0) return markup`<p>Nothing that is known.</p>`;
  return markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}
