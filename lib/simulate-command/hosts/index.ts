import type { HostKindName } from '../../hosts';
import type { EnvironmentPlace, HostOfSimulation, StartHost } from './host-of-simulation';
import { startEc2, startExistingRole } from './instances';
import { startOnPremises } from './on-premises';

const START: { readonly [Kind in HostKindName]: StartHost<Kind> } = {
  ec2: startEc2,
  'on-premises': startOnPremises,
  'existing-role': startExistingRole,
};

/** Starts the Vault host of an environment. */
export function startEnvironmentHost(place: EnvironmentPlace): Promise<HostOfSimulation> {
  const { host } = place.environment;
  return startOf(host.kind)(place, host);
}

function startOf<Kind extends HostKindName>(kind: Kind): StartHost<Kind> {
  return START[kind];
}
