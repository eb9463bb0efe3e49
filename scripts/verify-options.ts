import type { VerificationFormat } from '../lib/verify/report';
import type { CleaningChoice } from './clean-leftovers';
import type { KeepChoice } from './keep-verification';
import type { OperatorChoice } from './operator-choice';
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
