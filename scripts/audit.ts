import { resolve } from 'node:path';
import type { AuditFormat } from '../lib/audit/reports';
import { painter } from '../lib/cli/colour';
import { UsageError } from '../lib/errors';
import type { AuditEvidence } from '../lib/evidence';
import { readAuditInputs } from './audit-inputs';
import { type Context, ENVIRONMENTS, type Task, type Verb } from './verb';

export interface AuditOptions {
  readonly input: string;
  readonly environments: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly waivers?: string | undefined;
  readonly asOf?: string | undefined;
  readonly evidence?: string | undefined;
  readonly out?: string | undefined;
  readonly format: AuditFormat;
}

export const auditVerb: Verb = (parser, choose) =>
  parser.command(
    'audit <input>',
    'Audit a stack or a plan with no AWS account: what is created, who can do what, control by control',
    (flags) =>
      flags
        .positional('input', {
          type: 'string',
          demandOption: true,
          describe:
            'Name of an environment, a folder like cdktf.out, a cdk.tf.json, or a plan as terraform show -json writes it',
        })
        .option('environments', ENVIRONMENTS)
        .option('account', { type: 'string', requiresArg: true, describe: 'Account of a stack that does not say it' })
        .option('region', { type: 'string', requiresArg: true, describe: 'Region of a stack that does not say it' })
        .option('capabilities', {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'What the role of a stack that does not say it is for, as in backup versioning',
        })
        .option('waivers', {
          type: 'string',
          requiresArg: true,
          describe: 'File of waivers: what somebody answers for',
        })
        .option('as-of', {
          type: 'string',
          requiresArg: true,
          describe: 'Day that expiry dates are held against, as YYYY-MM-DD [default: today]',
        })
        .option('evidence', {
          type: 'string',
          requiresArg: true,
          describe: 'Folder that also receives report, inputs, versions and their sums',
        })
        .option('out', { type: 'string', requiresArg: true, describe: 'File to write the report to' })
        .option('format', {
          choices: Object.keys(renderers()) as AuditFormat[],
          default: 'text' as const,
          describe: 'Format of the report',
        })
        .example('$0 audit aes-256', 'audits an environment as its stack will be')
        .example('$0 audit cdktf.out/stacks/aes-256 --format json', 'audits a synthesized stack')
        .example('$0 audit aes-256 --evidence evidence/aes-256', 'keeps what evidence verify can check later')
        .example('$0 audit plan.json --account 111122223333', 'audits a plan of any toolchain'),
    (options) => choose(auditTask(options)),
  );

function renderers() {
  return (require('../lib/audit/reports') as typeof import('../lib/audit/reports')).RENDERERS;
}

function auditTask(options: AuditOptions): Task {
  return async (context) => {
    const asOf = requireDay(options.asOf ?? new Date().toISOString().slice(0, 10));
    const evidence = await auditOne(options, asOf, context);
    const { report } = evidence;
    const { io } = context;
    if (options.evidence !== undefined) await keepEvidence(options.evidence, evidence, context);
    const text = renderers()[options.format](report, { paint: painter(options.out === undefined && io.useColour) });
    if (options.out === undefined) io.result(text);
    else await keep(text, resolve(context.folder, options.out));
    return report.verdict === 'pass' ? 0 : 1;
  };
}

function requireDay(day: string): string {
  if (isDay(day)) return day;
  throw new UsageError('BadArguments', `'--as-of' must be a day as YYYY-MM-DD, got: ${day}`);
}

/** A day that is no day, like 2026-02-30, comes out as another one. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}

async function auditOne(options: AuditOptions, asOf: string, context: Context): Promise<AuditEvidence> {
  const { audit } = require('../lib/audit/audit') as typeof import('../lib/audit/audit');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { name: tool, version } = require('../package.json') as { readonly name: string; readonly version: string };
  const [read, catalogue] = await Promise.all([readAuditInputs(options, context), loadCatalogue()]);
  const { account, region, capabilities } = options;
  const report = audit({
    ...read,
    catalogue,
    tool: { name: tool, version },
    asOf,
    given: {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(capabilities !== undefined && { capabilities }),
    },
  });
  return { report, inputs: read.contents };
}

async function keepEvidence(name: string, evidence: AuditEvidence, { folder, io }: Context): Promise<void> {
  const { writeAuditEvidence } = require('../lib/evidence') as typeof import('../lib/evidence');
  const sha256 = await writeAuditEvidence(resolve(folder, name), evidence);
  io.note(`evidence in ${name}; SHA-256 of its manifest.json: ${sha256}\n`);
}

async function keep(text: string, file: string): Promise<void> {
  const { writeFiles } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  const { basename, dirname } = require('node:path') as typeof import('node:path');
  await writeFiles(dirname(file), [{ name: basename(file), text }]);
}
