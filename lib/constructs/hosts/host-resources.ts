import type { Construct } from 'constructs';
import type { HostKindName } from '../../hosts';
import type { HostOf } from '../../hosts/host-kind';
import type { PolicyTarget } from '../../policy/target';
import type { VaultRoleProps } from '../vault-role';

export interface HostResourcesProps<Kind extends HostKindName> {
  readonly target: PolicyTarget & { readonly host: HostOf<Kind> };
  readonly role: VaultRoleProps;
}

/** Adds the role of a kind of host, and what hands it to the host. */
export type AddHost<Kind extends HostKindName> = (scope: Construct, props: HostResourcesProps<Kind>) => void;
