import type { AuditFormat } from '../lib/audit/reports';
import { ENDINGS } from './audit-formats';
import type { InputChoice } from './audit-inputs';
import { ROLE_POLICY } from './role-policies';
import { ENVIRONMENTS } from './verb';

/** Arguments of `vault-env audit`, as typed. */
export interface AuditOptions extends InputChoice {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly capabilities?: readonly string[] | undefined;
  /** Files with the policies of a role of another account. */
  readonly rolePolicy?: readonly string[] | undefined;
  /** The day that expiry dates are held against. */
  readonly asOf: string;
  readonly evidence?: string | undefined;
  readonly out?: string | undefined;
  readonly format: AuditFormat;
  /** Whether SARIF holds every result, not only those that decide. */
  readonly allResults?: boolean | undefined;
  /** Threads for the stacks of a folder. @default - as many as there are cores, and fewer for few stacks */
  readonly jobs?: number | undefined;
}

/** The options of `vault-env audit`. */
export const AUDIT_OPTIONS = {
  environments: ENVIRONMENTS,
  plan: {
    type: 'string',
    requiresArg: true,
    describe: 'Plan of the same stack, as terraform show -json writes it; the two are read together',
  },
  waivers: {
    type: 'string',
    requiresArg: true,
    describe: 'YAML file of waivers: findings that somebody answers for',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    describe:
      'Approved report (--format json) to compare with; new access is a failure. Of several stacks, the folder that --out named',
  },
  account: { type: 'string', requiresArg: true, describe: 'Account of a stack that does not say it' },
  region: { type: 'string', requiresArg: true, describe: 'Region of a stack that does not say it' },
  capabilities: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Capabilities of the role, for a stack that does not say them, as in backup versioning',
  },
  'role-policy': ROLE_POLICY,
  'as-of': {
    type: 'string',
    requiresArg: true,
    describe: 'Day that expiry dates are held against, as YYYY-MM-DD [default: today]',
  },
  evidence: {
    type: 'string',
    requiresArg: true,
    describe:
      'Folder that also receives report, inputs, versions and their sums; of several stacks, a folder each in it',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'File to write the report to; for a folder of several stacks, a folder',
  },
  format: {
    choices: Object.keys(ENDINGS) as AuditFormat[],
    default: 'text' as const,
    describe: 'Format of the report',
  },
  'baseline-sha256': {
    type: 'string',
    requiresArg: true,
    describe: 'SHA-256 that the baseline must have; any other is refused',
  },
  'all-results': {
    type: 'boolean',
    describe: 'With --format sarif: also what passes, is waived, or is for the account to answer',
  },
  jobs: {
    type: 'number',
    requiresArg: true,
    describe: 'Stacks of a folder that are audited at once [default: the number of cores, fewer for few stacks]',
  },
} as const;
