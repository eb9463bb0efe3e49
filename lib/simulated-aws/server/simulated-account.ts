import type { JsonWebKey } from 'node:crypto';
import type { AccessKeyPair } from '../iam/administrator';
import type { CertificateHost, CertificateHostOptions } from '../imds/certificate-host';
import type { ContainerOptions, SimulatedContainer } from '../imds/container';
import type { HostOptions, SimulatedHost } from '../imds/host';
import type { AccountState, Accounts } from '../state/account-state';
import type { FaultRule } from './faults/fault';
import type { Faults } from './faults/faults';
import type { RecentRequests, RequestLogEntry } from './log/request-log';

export interface SimulatedAccountOptions {
  /** Twelve digits. */
  readonly accountId: string;
  /** The region that is meant where a request names none that is simulated. */
  readonly region: string;
  /** Further accounts, at the same endpoint. @default - none */
  readonly otherAccountIds?: readonly string[];
  /** Further regions, which every account has. @default - none */
  readonly otherRegions?: readonly string[];
  /** Port of the endpoint, on the loopback address. @default - a free one */
  readonly port?: number;
  /** @default 'aws' */
  readonly partition?: string;
  /** Absolute path of a folder that keeps everything; accounts and regions that it holds are there as well. @default - kept in memory */
  readonly stateFolder?: string;
  /** @default - this machine's clock */
  readonly now?: () => Date;
  /** Faults to begin with. @throws {ToolkitError} `BadFaultRule` */
  readonly faults?: readonly FaultRule[];
  /** Repeats the faults of an earlier run that told it. @default - a random one */
  readonly faultSeed?: string;
  /** Milliseconds, by the account's clock, before changes of IAM and of bucket and key policies take part in decisions. @default 0 */
  readonly propagationDelayMs?: number;
  /** Public keys of OpenID Connect providers, by their URL; without them, no token of theirs is taken. */
  readonly signingKeys?: Readonly<Record<string, readonly JsonWebKey[]>>;
  /** Called with each entry of the request log as it is made. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

/** Which account, in which region, something is of. */
interface OfAccount {
  /** @default - the first account in the first region */
  readonly account?: AccountState;
}

/** AWS accounts on this machine. Without a folder for their state they are gone when they are stopped. */
export interface SimulatedAccount {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** `http://127.0.0.1:PORT`, the same port without TLS. */
  readonly plainEndpoint: string;
  /** The authority that the endpoint's certificate is signed by; it is made for this account and signs nothing else. */
  readonly caCertificatePem: string;
  /** The access key of a user of the first account that may do everything there. */
  readonly administrator: AccessKeyPair;
  /** The first account in the first region. */
  readonly state: AccountState;
  readonly accounts: Accounts;
  /** The access key of such a user of each account, by account id. */
  readonly administrators: ReadonlyMap<string, AccessKeyPair>;
  readonly requestLog: Omit<RecentRequests, 'add'>;
  /** Faults on request; its rules may be changed at any time. */
  readonly faults: Faults;
  /** Starts a simulated EC2 instance; there may be several at once. @throws {ToolkitError} `BadHopLimit` */
  readonly startHost: (options?: HostOptions & OfAccount) => Promise<SimulatedHost>;
  /** Starts a simulated container that has a role. */
  readonly startContainer: (options: ContainerOptions & OfAccount) => Promise<SimulatedContainer>;
  /** Starts a simulated host that gets its role with a certificate. */
  readonly startCertificateHost: (options: CertificateHostOptions & OfAccount) => Promise<CertificateHost>;
  /** Closes every port and connection, those of its hosts as well. */
  readonly stop: () => Promise<void>;
}
