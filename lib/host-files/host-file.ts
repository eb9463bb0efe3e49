import type { HostKindName } from '../hosts';
import type { SheetContext, ToldHostOf } from '../hosts/host-kind';

/** A file for whoever sets a host up. Nothing in it is secret. */
export interface HostFile {
  readonly name: string;
  readonly text: string;
}

/** What the files of a host are made from: the backup environment config, as far as they need it. */
export type HostToSetUp<Kind extends HostKindName> = SheetContext & { readonly host: ToldHostOf<Kind> };

/** What a kind of host needs besides the settings sheet. Pure. */
export type HostFiles<Kind extends HostKindName> = (toSetUp: HostToSetUp<Kind>) => readonly HostFile[];
