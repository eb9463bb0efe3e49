import type { HostKindName } from '../hosts';
import type { SheetContext, ToldHostOf } from '../hosts/host-kind';
import type { PolicyTarget } from '../policy/target';

/** A file for whoever sets a host up. Nothing in it is secret. */
export interface HostFile {
  readonly name: string;
  readonly text: string;
}

/** The parts of the backup environment config that the files of a host are made from. */
export type HostToSetUp<Kind extends HostKindName> = SheetContext & {
  readonly host: ToldHostOf<Kind>;
  readonly form: { readonly bucketName: string };
  readonly aws: SheetContext['aws'] &
    Pick<PolicyTarget, 'account' | 'partition'> & {
      readonly keyArn?: string | undefined;
      readonly formerKeyArns?: readonly string[] | undefined;
    };
  readonly permissions: { readonly capabilities: readonly string[] };
};

/** Makes the files that a kind of host needs besides the settings sheet. Pure. */
export type HostFiles<Kind extends HostKindName> = (toSetUp: HostToSetUp<Kind>) => readonly HostFile[];
