import type { AuditReport } from '../report/audit-report';
import { renderHtml } from './html';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderOscal } from './oscal';
import { renderSarif } from './sarif';
import { renderText } from './text';

export interface RenderOptions {
  /** Puts text in a style, where the reader is a terminal that shows it. */
  readonly paint: (text: string, style: 'green' | 'red' | 'yellow' | 'bold') => string;
  /** The text of the synthesized stack, where there is one: it says on which line a resource stands. */
  readonly stackText?: string | undefined;
}

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
