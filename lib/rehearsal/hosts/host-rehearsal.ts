import type { BackupEnvironment } from '../../backup-environment';
import type { HostKindName } from '../../hosts';
import type { HostOf, ToldHostOf } from '../../hosts/host-kind';
import type { ProcessEnvironment } from '../../process-environment';
import type { AccountState, SimulatedAccount } from '../../simulated-aws';
import type { Rehearsing } from '../rehearsing';

/** A simulated host that has its role. */
export interface RehearsedHost {
  /** The variables that lead a process on it to its credentials. */
  readonly credentials: ProcessEnvironment;
  /** Where they come from, for the report. */
  readonly detail: string;
  /** The certificate of the authority that stands in, where its revocation list is looked at. */
  readonly authorityFile?: string;
}

export interface HostToRehearse<Kind extends HostKindName> extends Rehearsing {
  readonly account: SimulatedAccount;
  readonly config: BackupEnvironment;
  readonly host: ToldHostOf<Kind>;
}

/** How a kind of host gets its role on the simulated account. */
export interface HostRehearsal<Kind extends HostKindName> {
  readonly title: string;
  /** Makes what must be in the account before the stack is; the assumptions, a sentence each. */
  readonly prepare: (state: AccountState, host: HostOf<Kind>) => readonly string[];
  readonly start: (toRehearse: HostToRehearse<Kind>) => Promise<RehearsedHost>;
}
