import type { Construct } from 'constructs';
import { type Host, type HostKindName, hostKind } from '../../hosts';
import type { PolicyTarget } from '../../policy/target';
import type { VaultRoleProps } from '../vault-role';
import { addEc2Host } from './ec2';
import type { AddHost } from './host-resources';

const HOST_RESOURCES: { readonly [Kind in HostKindName]: AddHost<Kind> } = { ec2: addEc2Host };

/** Adds the role, and what hands it to a host of the environment's kind. */
export function addHost(
  scope: Construct,
  target: PolicyTarget & { readonly host: Host },
  role: Omit<VaultRoleProps, 'trustPolicy'>,
): void {
  const { host } = target;
  const trustPolicy = hostKind(host.kind).trustPolicy(target, host);
  HOST_RESOURCES[host.kind](scope, { target, role: { ...role, trustPolicy } });
}
