import type { AuditFormat, Renderer } from '../lib/audit/reports';

/** The formats, and how a file of each ends. */
export const ENDINGS: Readonly<Record<AuditFormat, string>> = {
  text: 'txt',
  json: 'json',
  html: 'html',
  markdown: 'md',
  sarif: 'sarif',
  oscal: 'oscal.json',
  junit: 'xml',
};

/** Loads the renderer of one format alone: those of pages and of other tools take a tenth of a short audit to load. */
export function rendererOf(format: AuditFormat): Renderer {
  return LOADERS[format]();
}

const LOADERS: Readonly<Record<AuditFormat, () => Renderer>> = {
  text: () => (require('../lib/audit/reports/text') as typeof import('../lib/audit/reports/text')).renderText,
  json: () => (require('../lib/audit/reports/json') as typeof import('../lib/audit/reports/json')).renderJson,
  html: () => (require('../lib/audit/reports/html/page') as typeof import('../lib/audit/reports/html/page')).renderHtml,
  markdown: () =>
    (require('../lib/audit/reports/markdown') as typeof import('../lib/audit/reports/markdown')).renderMarkdown,
  sarif: () => (require('../lib/audit/reports/sarif') as typeof import('../lib/audit/reports/sarif')).renderSarif,
  oscal: () => (require('../lib/audit/reports/oscal') as typeof import('../lib/audit/reports/oscal')).renderOscal,
  junit: () => (require('../lib/audit/reports/junit') as typeof import('../lib/audit/reports/junit')).renderJunit,
};
