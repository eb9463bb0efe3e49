import type { Construct } from 'constructs';
import type { HostKindName } from '../../hosts';
import type { HostOf, ToldHostOf } from '../../hosts/host-kind';
import type { PolicyTarget } from '../../policy/target';
import type { VaultRoleProps } from '../vault-role';

export interface HostResourcesProps<Kind extends HostKindName> {
  readonly target: PolicyTarget;
  readonly host: HostOf<Kind>;
  /** Certificates of the trust anchor to create, where a file holds them. */
  readonly trustAnchorPem?: string | undefined;
  readonly deletionProtection: boolean;
  /** The role, and what it may do; a kind whose role exists takes the latter alone. */
  readonly role: Omit<VaultRoleProps, 'trustPolicy'>;
}

/** Adds what gives the role to a kind of host, and the role where there is none yet; returns what the config tells of it. */
export type AddHost<Kind extends HostKindName> = (
  scope: Construct,
  props: HostResourcesProps<Kind>,
) => ToldHostOf<Kind>;
