import { ACCOUNT_ID } from '../lib/arn';
import { UsageError } from '../lib/errors';
import { auditManyTask, stacksIn } from './audit-many';
import { auditOneTask } from './audit-one';
import { AUDIT_OPTIONS, type AuditOptions } from './audit-options';
import type { Task, Verb } from './verb';

export const auditVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('input', {
          type: 'string',
          demandOption: true,
          describe:
            'Name of an environment, a folder like cdktf.out, a cdk.tf.json, or a plan as terraform show -json writes it',
        })
        .options(AUDIT_OPTIONS)
        .example('$0 audit aes-256', 'audits an environment as its stack will be')
        .example('$0 audit cdktf.out --out reports --format html', 'audits every stack of a folder')
        .example('$0 audit cdktf.out --jobs 2 --format json', 'audits two stacks at once; the reports keep their order')
        .example('$0 audit aes-256 --plan plan.json', 'audits a stack and its plan together')
        .example('$0 audit aes-256 --baseline approved.json', 'compares with the report that was approved')
        .example('$0 audit aes-256 --evidence evidence/aes-256', 'keeps what evidence verify can check later')
        .example(
          '$0 audit vendor --role-policy vendor/host/s3-policy.json --role-policy vendor/host/kms-policy.json',
          'audits both sides for a role of another account',
        )
        .example('$0 audit plan.json --account 111122223333', 'audits a plan of any toolchain'),
    (options) =>
      choose(auditTask({ ...options, asOf: requireDay(options.asOf ?? new Date().toISOString().slice(0, 10)) })),
  );

function auditTask(options: AuditOptions): Task {
  return (context) => {
    requireGivenValid(options);
    const names = stacksIn(options.input, context);
    return (names.length === 0 ? auditOneTask(options) : auditManyTask(options, names))(context);
  };
}

function requireGivenValid({ account, region, jobs }: AuditOptions): void {
  const { partitionOf, regionRule } = require('../lib/config/partition') as typeof import('../lib/config/partition');
  if (account !== undefined && !ACCOUNT_ID.test(account)) {
    throw new UsageError('BadArguments', `'--account' must be the account's 12 digits, got: ${account}`);
  }
  if (region !== undefined && partitionOf(region) === undefined) {
    throw new UsageError('BadArguments', `'--region' ${regionRule(region)}, got: ${region}`);
  }
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS)) {
    throw new UsageError('BadArguments', `'--jobs' must be a whole number from 1 to ${MOST_JOBS}, got: ${jobs}`);
  }
}

/** Each thread keeps a catalogue of its own. */
const MOST_JOBS = 64;

function requireDay(day: string): string {
  if (isDay(day)) return day;
  throw new UsageError('BadArguments', `'--as-of' must be a day as YYYY-MM-DD, got: ${day}`);
}

/** A day that is no day, like 2026-02-30, comes out as another one. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}
