import type { BackupEnvironment } from '../../backup-environment';
import type { Host, HostKindName } from '../../hosts';
import type { AccountState, SimulatedAccount } from '../../simulated-aws';
import type { Rehearsing } from '../rehearsing';
import { ec2Rehearsal } from './ec2';
import { existingRoleRehearsal } from './existing-role';
import type { HostRehearsal, RehearsedHost } from './host-rehearsal';
import { onPremisesRehearsal } from './on-premises';

const HOST_REHEARSALS: { readonly [Kind in HostKindName]: HostRehearsal<Kind> } = {
  ec2: ec2Rehearsal,
  'on-premises': onPremisesRehearsal,
  'existing-role': existingRoleRehearsal,
};

/** Makes what a host of the kind has in the account before the stack is there; the assumptions, a sentence each. */
export function prepareHost(state: AccountState, host: Host): readonly string[] {
  return rehearsalOf(host.kind).prepare(state, host);
}

/** Gives a simulated host of the kind its role; undefined where that does not work. */
export function rehearseHost(
  account: SimulatedAccount,
  config: BackupEnvironment,
  rehearsing: Rehearsing,
): Promise<RehearsedHost | undefined> {
  const { host } = config;
  const { title, start } = rehearsalOf(host.kind);
  const work = async () => {
    const value = await start({ ...rehearsing, account, config, host });
    return { value, detail: value.detail };
  };
  return rehearsing.runner.run('host', work, title);
}

function rehearsalOf<Kind extends HostKindName>(kind: Kind): HostRehearsal<Kind> {
  return HOST_REHEARSALS[kind];
}
