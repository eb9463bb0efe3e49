import { join, resolve } from 'node:path';
import type { AuditReport } from '../lib/audit/report/audit-report';
import type { Catalogue } from '../lib/catalogue';
import { painter } from '../lib/cli/colour';
import { describeFailure } from '../lib/cli/failure';
import { fromSystem } from '../lib/cli/system-error';
import { ToolkitError } from '../lib/errors';
import { ENDINGS, rendererOf } from './audit-formats';
import { auditStack, keep, keepEvidence, stackTextOf } from './audit-one';
import type { AuditOptions } from './audit-options';
import type { Context } from './verb';

/** The outcome for one stack. */
export type Outcome = AuditReport['verdict'] | 'error';

/** A stack of a folder, audited. */
export interface Piece {
  readonly outcome: Outcome;
  /** The report for standard output; missing where it is in a file, and where there is none. */
  readonly text?: string;
  readonly notes: string;
}

/** Audits one stack of the folder, and writes its files. One that cannot be read is an outcome: it keeps no other from being audited. */
export async function auditPiece(
  options: AuditOptions,
  name: string,
  catalogue: Catalogue,
  context: Context,
): Promise<Piece> {
  let notes = '';
  const note = (text: string) => {
    notes += text;
  };
  const quiet = { ...context, io: { ...context.io, note } };
  try {
    const input = join(options.input, 'stacks', name);
    const audited = await auditStack({ ...options, input }, catalogue, quiet);
    if (options.evidence !== undefined) await keepEvidence(join(options.evidence, name), audited, quiet);
    const paint = painter(options.out === undefined && context.io.useColour);
    const text = rendererOf(options.format)(audited.report, {
      paint,
      stackText: stackTextOf(audited),
      allResults: options.allResults,
    });
    const outcome = audited.report.verdict;
    if (options.out === undefined) return { outcome, text, notes };
    await keep(text, join(resolve(context.folder, options.out), `${name}.${ENDINGS[options.format]}`));
    return { outcome, notes };
  } catch (thrown) {
    const error = fromSystem(thrown);
    if (!(error instanceof ToolkitError)) throw error;
    return { outcome: 'error', notes: `${notes}${name}: ${describeFailure(error)}` };
  }
}
