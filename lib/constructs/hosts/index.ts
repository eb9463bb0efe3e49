import type { Construct } from 'constructs';
import type { Host, HostKindName, ToldHost } from '../../hosts';
import type { PolicyTarget } from '../../policy/target';
import { addEc2Host } from './ec2';
import { addExistingRoleHost } from './existing-role';
import type { AddHost, HostResourcesProps } from './host-resources';

const HOST_RESOURCES: { readonly [Kind in HostKindName]: AddHost<Kind> } = {
  ec2: addEc2Host,
  'existing-role': addExistingRoleHost,
};

/** Adds the resources of the environment's kind of host, and returns what the config tells of it. */
export function addHost(
  scope: Construct,
  target: PolicyTarget & { readonly host: Host },
  role: HostResourcesProps<HostKindName>['role'],
): ToldHost {
  const { host } = target;
  return resourcesOf(host.kind)(scope, { target, host, role });
}

function resourcesOf<Kind extends HostKindName>(kind: Kind): AddHost<Kind> {
  return HOST_RESOURCES[kind];
}
