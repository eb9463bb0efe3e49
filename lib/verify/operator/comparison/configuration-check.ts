import type { PermissionDrift } from '../../../audit/permission-drift/drift';
import type { EnvironmentPolicies } from '../../../audit/policies/environment-policies';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import type { Outcome } from '../../check-kit/check';
import type { AuditedEnvironment } from '../audited/audited-environment';
import type { LiveEnvironment } from '../live/live-environment';

/** Everything that a check of the control plane compares. */
export interface Comparison {
  readonly config: BackupEnvironment;
  readonly audited: AuditedEnvironment;
  readonly live: LiveEnvironment;
  readonly now: Date;
  /** Differences in access between these policies and the audited ones. */
  readonly driftTo: (policies: EnvironmentPolicies) => readonly PermissionDrift[];
}

export interface ConfigurationOutcome extends Outcome {
  readonly drift?: readonly PermissionDrift[];
}

/** A check of the control plane, as data. It judges what was read and makes no call of its own. */
export interface ConfigurationCheck {
  readonly id: string;
  readonly title: string;
  /** Controls that it is evidence for: AWS Security Hub's, and those of NIST SP 800-53 Rev. 5. */
  readonly controls: readonly string[];
  /** The calls whose answers it judges. */
  readonly reads: readonly string[];
  /** Parts that must be read for a pass. */
  readonly passes: string;
  /** Where to look when it does not pass. */
  readonly lookAt: string;
  /** Whether there is something to judge; always, when left out. */
  readonly applies?: (comparison: Pick<Comparison, 'config' | 'audited'>) => boolean;
  readonly judge: (comparison: Comparison) => ConfigurationOutcome;
}
