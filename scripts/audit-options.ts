import type { AuditFormat } from '../lib/audit/reports';
import type { InputChoice } from './audit-inputs';

/** What a person typed after `vault-env audit`. */
export interface AuditOptions extends InputChoice {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly capabilities?: readonly string[] | undefined;
  /** The day that expiry dates are held against. */
  readonly asOf: string;
  readonly evidence?: string | undefined;
  readonly out?: string | undefined;
  readonly format: AuditFormat;
  /** Threads for the stacks of a folder. @default - as many as there are cores, and fewer for few stacks */
  readonly jobs?: number | undefined;
}

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

/** The renderers, loaded when they are needed. */
export function renderers() {
  return (require('../lib/audit/reports') as typeof import('../lib/audit/reports')).RENDERERS;
}
