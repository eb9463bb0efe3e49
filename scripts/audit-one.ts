import { resolve } from 'node:path';
import type { AuditReport } from '../lib/audit/report/audit-report';
import type { Catalogue } from '../lib/catalogue';
import { painter } from '../lib/cli/colour';
import type { AuditEvidence } from '../lib/evidence';
import { rendererOf } from './audit-formats';
import { readAuditInputs } from './audit-inputs';
import type { AuditOptions } from './audit-options';
import { requireInput } from './main-input';
import { readRolePolicies } from './role-policies';
import { toolOf } from './tool';
import { type Context, printText, type Task } from './verb';

/** Audits one stack, and hands the report out. */
export function auditOneTask(options: AuditOptions): Task {
  return async (context) => {
    requireInput(options, context);
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const evidence = await auditStack(options, await loadCatalogue(), context);
    const { report } = evidence;
    const { io } = context;
    if (options.evidence !== undefined) await keepEvidence(options.evidence, evidence, context);
    const paint = painter(options.out === undefined && io.useColour);
    const text = rendererOf(options.format)(report, {
      paint,
      stackText: stackTextOf(evidence),
      allResults: options.allResults,
    });
    if (options.out === undefined && options.format === 'text') printText(context, text);
    else if (options.out === undefined) io.result(text);
    else {
      await keep(text, resolve(context.folder, options.out));
      io.note(`${summaryOf(report)}; the report is ${options.out}\n`);
    }
    return report.verdict === 'pass' ? 0 : 1;
  };
}

function summaryOf({ verdict, environment, counts, asOf }: AuditReport): string {
  const { pass, fail, unknown, waived } = counts;
  return `${verdict.toUpperCase()} ${environment}: ${pass} passed, ${fail} failed, ${unknown} unknown, ${waived} waived, as of ${asOf}`;
}

/** @throws {ToolkitError} whatever keeps an input from being read */
export async function auditStack(
  options: AuditOptions,
  catalogue: Catalogue,
  context: Context,
): Promise<AuditEvidence> {
  const { audit } = require('../lib/audit/audit') as typeof import('../lib/audit/audit');
  const { contents, ...read } = await readAuditInputs(options, context);
  const { account, region, capabilities, asOf, rolePolicy } = options;
  const report = audit({
    ...read,
    catalogue,
    tool: toolOf(context.root),
    asOf,
    given: {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(capabilities !== undefined && { capabilities }),
      ...(rolePolicy !== undefined && { rolePolicies: readRolePolicies(rolePolicy, context) }),
    },
  });
  return { report, inputs: contents };
}

export function stackTextOf({ inputs }: AuditEvidence): string | undefined {
  const stack = inputs.find(({ kind }) => kind === 'synthesized-stack')?.content;
  return stack === undefined ? undefined : Buffer.from(stack).toString('utf8');
}

export async function keepEvidence(name: string, evidence: AuditEvidence, { folder, io }: Context): Promise<void> {
  const { writeAuditEvidence } = require('../lib/evidence') as typeof import('../lib/evidence');
  const sha256 = await writeAuditEvidence(resolve(folder, name), evidence);
  io.note(`evidence in ${name}; SHA-256 of its manifest.json: ${sha256}\n`);
}

export async function keep(text: string, file: string): Promise<void> {
  const { writeNamedFile } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  await writeNamedFile(file, text);
}
