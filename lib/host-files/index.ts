import type { HostKindName } from '../hosts';
import { existingRoleFiles } from './existing-role';
import type { HostFile, HostFiles, HostToSetUp } from './host-file';
import { onPremisesFiles } from './on-premises';

/** An EC2 instance needs its instance profile: the settings sheet says how. */
const NOTHING_MORE = () => [];

const HOST_FILES: { readonly [Kind in HostKindName]: HostFiles<Kind> } = {
  ec2: NOTHING_MORE,
  'on-premises': onPremisesFiles,
  'existing-role': existingRoleFiles,
};

/** The files that a config's host needs besides the settings sheet; the folder `host` holds them. Pure. */
export function hostFiles(toSetUp: HostToSetUp<HostKindName>): readonly HostFile[] {
  const files = filesOf(toSetUp.host.kind)(toSetUp);
  return files.map(({ name, text }) => ({ name: `host/${name}`, text }));
}

function filesOf<Kind extends HostKindName>(kind: Kind): HostFiles<Kind> {
  return HOST_FILES[kind];
}
