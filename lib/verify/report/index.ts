import { visibleJson } from '../../visible';
import type { Verification } from '../result/verification';
import { renderHtml } from './html/page';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderSarif } from './sarif';
import { renderTextReport } from './text-report';

export interface RenderOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  readonly useColour: boolean;
}

/** Makes a document of a verification; it ends with a line feed. Pure. */
export type Renderer = (verification: Verification, options: RenderOptions) => string;

/** Every format, by the name that `--format` takes. */
export const RENDERERS = {
  text: renderTextReport,
  json: visibleJson,
  markdown: renderMarkdown,
  junit: renderJunit,
  html: renderHtml,
  sarif: renderSarif,
} satisfies Readonly<Record<string, Renderer>>;

export type VerificationFormat = keyof typeof RENDERERS;
