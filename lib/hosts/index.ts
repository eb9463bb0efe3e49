import { ec2 } from './ec2/ec2';
import { existingRole } from './existing-role/existing-role';
import type { HostKind, ToldHostOf } from './host-kind';
import { onPremises } from './on-premises/on-premises';
import type { HostKindName, ToldHost } from './schema';

export type { HostWords } from './host-kind';
export type { Host, HostKindName, ToldHost } from './schema';

const HOST_KINDS: { readonly [Kind in HostKindName]: HostKind<Kind> } = {
  ec2,
  'on-premises': onPremises,
  'existing-role': existingRole,
};

/** Everything about hosts of the kind. */
export function hostKind<Kind extends HostKindName>(kind: Kind): HostKind<Kind> {
  return HOST_KINDS[kind];
}

/** Where the credentials of the host come from, by the marks of the SDK. */
export function credentialSourcesOf(host: ToldHost): readonly string[] {
  return sourcesOf(host.kind, host);
}

function sourcesOf<Kind extends HostKindName>(kind: Kind, host: ToldHostOf<Kind>): readonly string[] {
  return HOST_KINDS[kind].credentialSources(host);
}

/** ARN of the instance profile that gives the host its role; undefined where something else does. */
export function instanceProfileOf(host: ToldHost): string | undefined {
  return host.kind === 'ec2' ? host.instanceProfileArn : undefined;
}
