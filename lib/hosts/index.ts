import { ec2 } from './ec2/ec2';
import type { HostKind } from './host-kind';
import type { HostKindName } from './schema';

export type { HostWords, ToldHost } from './host-kind';
export type { Host, HostKindName } from './schema';

const HOST_KINDS: { readonly [Kind in HostKindName]: HostKind<Kind> } = { ec2 };

/** Everything about hosts of the kind. */
export function hostKind<Kind extends HostKindName>(kind: Kind): HostKind<Kind> {
  return HOST_KINDS[kind];
}
