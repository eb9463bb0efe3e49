import type { JsonWebKey } from 'node:crypto';
import type { Propagation } from './maps/settling-map';
import type { IamState } from './services/iam-state';
import type { KmsState } from './services/kms-state';
import type { RolesAnywhereState } from './services/roles-anywhere-state';
import type { S3State } from './services/s3-state';

/** Everything that one simulated account holds, as it is seen from one region. All of it lives in memory. */
export interface AccountState {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  /** The accounts that it is one of. */
  readonly accounts: Accounts;
  /** The same in every region. */
  readonly iam: IamState;
  readonly kms: KmsState;
  readonly rolesAnywhere: RolesAnywhereState;
  /** The same for every account, in every region. */
  readonly s3: S3State;
  /** When its changes come into force. */
  readonly propagation: Propagation;
  /** The account's clock; every date that it answers with comes from here. */
  readonly now: () => Date;
  /** Random bytes for ids and keys. */
  readonly randomBytes: (size: number) => Buffer;
}

/** A bucket, or an object in it, that S3 may have changed in place. */
export interface WrittenPlace {
  readonly bucketName: string;
  /** Empty where it is the bucket itself. */
  readonly key: string;
}

/** The accounts of one simulation. They share the names of buckets, and may let each other's callers in. */
export interface Accounts {
  /** The first is the one that requests without a known access key are sent to. */
  readonly accountIds: readonly string[];
  /** The first is the one that is meant where a request names none of them. */
  readonly regions: readonly string[];
  /**
   * Makes every change so far last, before anybody hears about it; does nothing for accounts in memory.
   *
   * @param written the place in S3 that an answered request may have changed
   */
  keep: (written?: WrittenPlace) => void;
  /**
   * Public keys of OpenID Connect providers, by their URL without `https://`: what AWS gets from the network.
   * Whoever runs the simulation supplies them.
   */
  readonly signingKeys: Map<string, readonly JsonWebKey[]>;
  /** The account as it is in the region; `undefined` when one of them is not here. */
  readonly find: (accountId: string, region: string) => AccountState | undefined;
}
