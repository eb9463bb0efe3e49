/** Version of the document; a reader refuses any other. */
export const SIMULATION_VERSION = 1;

/** How a client is to be set up, as environment variables. `undefined` stands for one that must not be set. */
export type ClientVariables = Readonly<Record<string, string | undefined>>;

/** Somebody that a client can be. */
export interface Identity {
  /** The name for a person: `administrator of 111122223333`, `role vault-backup-acme`. */
  readonly name: string;
  readonly variables: ClientVariables;
}

export interface SimulatedAccountSummary {
  readonly accountId: string;
  readonly administrator: Identity;
}

/** A simulated host, and what may be had there. */
export interface HostSummary {
  /** The environment whose Vault host it is; absent for a host of no environment. */
  readonly environment?: string;
  /** About the host and its role. */
  readonly accountId: string;
  /** Absent for a host that is no instance of EC2. */
  readonly instanceId?: string;
  /** Address of the instance metadata, or of a look-alike of AWS's helper; absent where there is only a `credential_process`. */
  readonly metadataEndpoint?: string;
  /** Present for an instance. */
  readonly containerMetadataEndpoint?: string;
  /** AWS configuration with the `credential_process` of the host. */
  readonly configFile?: string;
  /** The role's credentials as the host gets them now; absent while there are none. */
  readonly role?: Identity;
  /** A client on the host, without any key. */
  readonly onHost: Identity;
}

/** A running simulation, and how to reach it: everything in it is simulated. */
export interface Simulation {
  readonly version: typeof SIMULATION_VERSION;
  readonly simulated: true;
  /** HTTPS. */
  readonly endpoint: string;
  readonly plainEndpoint: string;
  /** PEM file with the certificate of the endpoint's authority. */
  readonly caFile: string;
  readonly regions: readonly string[];
  readonly accounts: readonly SimulatedAccountSummary[];
  readonly hosts: readonly HostSummary[];
  /** Repeats the faults of this run. */
  readonly faultSeed: string;
  /** The things that were made up for the environments, a sentence each. */
  readonly assumed: readonly string[];
}
