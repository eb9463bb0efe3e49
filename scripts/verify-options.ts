import type { VerificationFormat } from '../lib/verify/report';
import { DEFAULT_CONCURRENCY } from '../lib/verify/run/verify-options';
import { CLEANING_OPTIONS, type CleaningChoice } from './clean-leftovers';
import type { KeepChoice } from './keep-verification';
import { MANY_OPTIONS } from './many';
import { OPERATOR_OPTIONS, type OperatorChoice } from './operator-choice';
import { ACCEPT_OTHER_ENDPOINTS } from './verb';
import type { HostChoice } from './verify-as-host';

/** Arguments of `vault-env verify` for one config, as typed. */
export interface VerifyOptions
  extends OperatorChoice,
    CleaningChoice,
    KeepChoice,
    Omit<HostChoice, 'timeoutMs' | 'settleMs'> {
  readonly timeout: number;
  readonly settle: number;
  readonly format: VerificationFormat;
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const DEFAULT_SETTLE_SECONDS = 60;

/** The options of `vault-env verify`. */
export const VERIFY_OPTIONS = {
  ...MANY_OPTIONS,
  'other-bucket': {
    type: 'string',
    requiresArg: true,
    describe: "An existing bucket that the role must not reach [default: the config's own]",
  },
  timeout: {
    type: 'number',
    requiresArg: true,
    default: DEFAULT_TIMEOUT_SECONDS,
    describe: 'Seconds to wait for changed permissions to arrive',
  },
  ...OPERATOR_OPTIONS,
  ...CLEANING_OPTIONS,
  settle: {
    type: 'number',
    requiresArg: true,
    default: DEFAULT_SETTLE_SECONDS,
    describe: 'Seconds the answers must stay the same before a denial counts; 0 accepts the first answer',
  },
  concurrency: {
    type: 'number',
    requiresArg: true,
    default: DEFAULT_CONCURRENCY,
    describe: 'Checks under way at the same time; fewer where a proxy takes few connections',
  },
  'accept-other-endpoints': ACCEPT_OTHER_ENDPOINTS,
  without: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: 'Id of a check to leave out, such as administer-iam on a host that cannot reach IAM; may be repeated',
  },
  out: { type: 'string', requiresArg: true, describe: 'File that also receives the JSON document' },
  evidence: {
    type: 'string',
    requiresArg: true,
    describe: 'Evidence folder, as of vault-env audit, that also receives config and result',
  },
  format: {
    choices: Object.keys(renderers()) as VerificationFormat[],
    default: 'text' as const,
    describe: 'Format of the result on standard output',
  },
} as const;

/** What writes each format; loaded when the verb is typed. */
export function renderers() {
  return (require('../lib/verify/report') as typeof import('../lib/verify/report')).RENDERERS;
}
