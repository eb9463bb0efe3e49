import { resolve } from 'node:path';
import type { AuditReport } from '../lib/audit/audit-report';
import type { AuditFormat } from '../lib/audit/reports';
import { painter } from '../lib/cli/colour';
import { readAuditInputs } from './audit-inputs';
import { type Context, ENVIRONMENTS, type Task, type Verb } from './verb';

export interface AuditOptions {
  readonly input: string;
  readonly environments: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly capabilities?: readonly string[] | undefined;
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
        .option('out', { type: 'string', requiresArg: true, describe: 'File to write the report to' })
        .option('format', {
          choices: Object.keys(renderers()) as AuditFormat[],
          default: 'text' as const,
          describe: 'Format of the report',
        })
        .example('$0 audit aes-256', 'audits an environment as its stack will be')
        .example('$0 audit cdktf.out/stacks/aes-256 --format json', 'audits a synthesized stack')
        .example('$0 audit plan.json --account 111122223333', 'audits a plan of any toolchain'),
    (options) => choose(auditTask(options)),
  );

function renderers() {
  return (require('../lib/audit/reports') as typeof import('../lib/audit/reports')).RENDERERS;
}

function auditTask(options: AuditOptions): Task {
  return async (context) => {
    const report = await auditOne(options, context);
    const { io } = context;
    const text = renderers()[options.format](report, { paint: painter(options.out === undefined && io.useColour) });
    if (options.out === undefined) io.result(text);
    else await keep(text, resolve(context.folder, options.out));
    return report.verdict === 'pass' ? 0 : 1;
  };
}

async function auditOne(options: AuditOptions, context: Context): Promise<AuditReport> {
  const { audit } = require('../lib/audit/audit') as typeof import('../lib/audit/audit');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { name: tool, version } = require('../package.json') as { readonly name: string; readonly version: string };
  const [read, catalogue] = await Promise.all([readAuditInputs(options, context), loadCatalogue()]);
  const { account, region, capabilities } = options;
  return audit({
    ...read,
    catalogue,
    tool: { name: tool, version },
    asOf: new Date().toISOString().slice(0, 10),
    given: {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(capabilities !== undefined && { capabilities }),
    },
  });
}

async function keep(text: string, file: string): Promise<void> {
  const { writeFiles } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  const { basename, dirname } = require('node:path') as typeof import('node:path');
  await writeFiles(dirname(file), [{ name: basename(file), text }]);
}
