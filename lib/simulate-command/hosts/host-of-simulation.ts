import type { Environment } from '../../config/environment';
import type { HostKindName } from '../../hosts';
import type { HostOf } from '../../hosts/host-kind';
import type { AccountState, SimulatedAccount } from '../../simulated-aws';
import type { ClientVariables, HostSummary } from '../simulation';

interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
  readonly roleName: string;
}

/** A host of a simulation, which gets its role as soon as it is there. */
export interface HostOfSimulation {
  readonly title: string;
  /** The account where it is not the environment's. */
  readonly summary: Partial<Pick<HostSummary, 'accountId'>> &
    Pick<HostSummary, 'instanceId' | 'metadataEndpoint' | 'containerMetadataEndpoint' | 'configFile'>;
  /** The variables that lead a client on it to its credentials. */
  readonly variables: ClientVariables;
  /** The role's credentials as the host gets them now. */
  readonly credentials: () => Promise<RoleCredentials | undefined>;
  /** Does what others than the stack do for the host to get along. */
  readonly afterDeployment: () => void | Promise<void>;
}

export interface HostPlace {
  readonly account: SimulatedAccount;
  /** The account and region that it is of. */
  readonly state: AccountState;
  /** Folder of the package. */
  readonly root: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly hopLimit: number;
  readonly writeFile: (name: string, text: string) => string;
}

export interface EnvironmentPlace extends HostPlace {
  readonly environment: Environment;
}

/** How a host of the kind is started. */
export type StartHost<Kind extends HostKindName> = (
  place: EnvironmentPlace,
  host: HostOf<Kind>,
) => Promise<HostOfSimulation>;
