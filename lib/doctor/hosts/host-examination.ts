import type { SharedProfile } from '../../aws/shared-profile';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { HostKindName } from '../../hosts';
import type { ToldHostOf } from '../../hosts/host-kind';
import type { ProcessEnvironment } from '../../process-environment';
import type { Finding } from '../examination';

/** A host of the kind, and what is looked at on it. */
export interface HostToExamine<Kind extends HostKindName> {
  readonly config: BackupEnvironment;
  readonly host: ToldHostOf<Kind>;
  readonly profile: SharedProfile;
  readonly env: ProcessEnvironment;
  readonly caCertificatesPem?: string | undefined;
  /** File of the unit that runs the `serve` of AWS's helper. @default - where `emit` says */
  readonly serveUnit?: string | undefined;
  readonly now: () => Date;
}

/** What stands where an EC2 instance has its metadata service. */
export interface ServiceToExamine {
  readonly env: ProcessEnvironment;
  readonly isInContainer: boolean;
  /** Addresses of this host that others reach. @default none */
  readonly ownAddresses?: readonly string[] | undefined;
}

export interface HostFindings {
  /** What it was set up with, as far as this process sees it. */
  readonly settings: readonly Finding[];
  /** The way to what gives it its credentials. @default none */
  readonly way?: readonly Finding[];
}

/** What a kind of host is examined by, besides what is the same on every host. */
export interface HostExamination<Kind extends HostKindName> {
  readonly examine: (toExamine: HostToExamine<Kind>) => HostFindings | Promise<HostFindings>;
  readonly examineService: (service: ServiceToExamine, host: ToldHostOf<Kind>) => Promise<Finding>;
  /** Whether the host itself tells programs the region that it is in. */
  readonly tellsRegion: boolean;
  /** What is wrong about credentials that come from `source`, which the config does not name. */
  readonly wrongSource: (host: ToldHostOf<Kind>, source: string) => Pick<Finding, 'found'> & { readonly fix: string };
  /** By when credentials are renewed on the host itself, and what does it; left out, AWS does. */
  readonly renewal?: { readonly beforeEndMs: number; readonly doneBy: string };
}

/** The fix where something else than the giver of the host's credentials wins. */
export const removeWinner = (giver: string, source: string) => ({
  found: [],
  fix: `Remove what wins over ${giver}: ${source}.`,
});
