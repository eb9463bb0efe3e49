import type { AuditReport } from '../audit-report';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderOscal } from './oscal';
import { renderSarif } from './sarif';

/** A report as the text of a file. Pure: the same report gives the same bytes. */
export type RenderReport = (report: AuditReport) => string;

/** The formats for others to read, by the name that `--format` gives them. */
export const REPORT_FORMATS = {
  markdown: renderMarkdown,
  sarif: renderSarif,
  oscal: renderOscal,
  junit: renderJunit,
} as const satisfies Readonly<Record<string, RenderReport>>;
