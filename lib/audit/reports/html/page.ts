import { describeTool } from '../../../tool';
import type { AuditReport } from '../../report/audit-report';
import { access } from './access';
import { architecture } from './architecture/picture';
import { besideTheVendor, sinceBaseline, whatWasRead } from './closing';
import { controlTables } from './controls';
import { loudFindings, quietFindings } from './finding-list';
import { listOf, type PagePart, renderPage } from './frame';
import { numberFindings } from './numbered-findings';
import { opening, tally } from './opening';

/** The report as one page for a person, which needs neither network nor script. */
export function renderHtml(report: AuditReport): string {
  const { environment, verdict, tool } = report;
  return renderPage({
    title: `Audit of ${environment}: ${verdict}`,
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
