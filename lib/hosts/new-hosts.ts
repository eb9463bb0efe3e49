import { newEc2Host } from './ec2/new-host';
import { newExistingRoleHost } from './existing-role/new-host';
import type { NewHostKind } from './new-host';
import { newOnPremisesHost } from './on-premises/new-host';
import type { HostKindName } from './schema';

/** The kinds of host as `init` knows them, in the order of its help. */
export const NEW_HOSTS: { readonly [Kind in HostKindName]: NewHostKind } = {
  ec2: newEc2Host,
  'existing-role': newExistingRoleHost,
  'on-premises': newOnPremisesHost,
};
