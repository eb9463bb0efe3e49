import type { AuditReport } from '../report/audit-report';
import { renderHtml } from './html/page';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderOscal } from './oscal';
import type { RenderOptions } from './render-options';
import { renderSarif } from './sarif';
import { renderText } from './text';

/** Makes a document of a report; it ends with a line feed. Pure: the same report gives the same bytes. */
export type Renderer = (report: AuditReport, options: RenderOptions) => string;

/** Every format, by the name that `--format` takes. */
export const RENDERERS = {
  text: renderText,
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  sarif: renderSarif,
  oscal: renderOscal,
  junit: renderJunit,
} satisfies Readonly<Record<string, Renderer>>;

export type AuditFormat = keyof typeof RENDERERS;
