import type { Construct } from 'constructs';
import type { Host, HostKindName, ToldHost } from '../../hosts';
import type { PolicyTarget } from '../../policy/target';
import { addEc2Host } from './ec2';
import { addExistingRoleHost } from './existing-role';
import type { AddHost, HostResourcesProps } from './host-resources';
import { addOnPremisesHost } from './on-premises';

const HOST_RESOURCES: { readonly [Kind in HostKindName]: AddHost<Kind> } = {
  ec2: addEc2Host,
  'on-premises': addOnPremisesHost,
  'existing-role': addExistingRoleHost,
};

type EnvironmentOfHost = PolicyTarget & { readonly host: Host } & Pick<
    HostResourcesProps<HostKindName>,
    'trustAnchorPem' | 'deletionProtection'
  >;

/** Adds the resources of the environment's kind of host, and returns what the config tells of it. */
export function addHost(
  scope: Construct,
  environment: EnvironmentOfHost,
  role: HostResourcesProps<HostKindName>['role'],
): ToldHost {
  const { host, trustAnchorPem, deletionProtection } = environment;
  return resourcesOf(host.kind)(scope, { target: environment, host, trustAnchorPem, deletionProtection, role });
}

function resourcesOf<Kind extends HostKindName>(kind: Kind): AddHost<Kind> {
  return HOST_RESOURCES[kind];
}
