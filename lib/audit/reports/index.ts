import type { AuditReport } from '../report/audit-report';
import { toldOnce } from '../report/told-once';
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
  text: once(renderText),
  json: renderJson,
  html: once(renderHtml),
  markdown: once(renderMarkdown),
  sarif: once(renderSarif),
  oscal: renderOscal,
  junit: once(renderJunit),
} satisfies Readonly<Record<string, Renderer>>;

/** Findings that hang on another are told there; `json` and `oscal` keep each. */
function once<Rest extends readonly unknown[]>(render: (report: AuditReport, ...rest: Rest) => string) {
  return (report: AuditReport, ...rest: Rest): string => render(toldOnce(report), ...rest);
}

export type AuditFormat = keyof typeof RENDERERS;
