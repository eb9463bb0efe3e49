import type { LiveEnvironment } from '../../verify/operator/live/live-environment';
import type { Read } from '../../verify/operator/live/read';
import type { ListedGroup } from './inventory-list';

/** A grant of an access control list, in words: to whom, and what. */
export interface AclGrant {
  readonly grantee: string;
  readonly permission: string;
}

/** A rule that copies objects to another bucket. */
export interface FoundReplication {
  /** ARN of that bucket. */
  readonly to: string;
  /** ARN of the role with which S3 copies. */
  readonly role: string;
  readonly isEnabled: boolean;
  /** Whether it selects objects under KMS. */
  readonly copiesKms: boolean;
}

/** An access point of the bucket. */
export interface FoundAccessPoint {
  readonly name: string;
  /** The only VPC that it takes requests from; missing where it takes them from the internet. */
  readonly vpcId?: string;
  /** Its own policy, `undefined` where it has none; read only where the bucket's leaves it to access points who gets in. */
  readonly policy?: Read<string | undefined>;
}

/** A version of an object, as the bucket lists it. */
export interface FoundVersion {
  readonly key: string;
  readonly modifiedAt: Date;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
  /** When a newer version took its place; missing for the latest. */
  readonly noncurrentSince?: Date;
}

/** An object that was looked at. */
export interface FoundObject {
  readonly key: string;
  readonly method: string;
  readonly keyArn?: string;
  readonly bucketKey: boolean;
  /** The storage class or access tier in which S3 reads it to nobody before a restore. */
  readonly archive?: string;
}

/** Objects that the newest list of S3 Inventory counts. */
export interface InventoryList {
  readonly writtenAt: Date;
  /** Whether there are more objects than were counted. */
  readonly isCutOff: boolean;
  readonly groups: readonly ListedGroup[];
}

/** A list of objects that S3 writes. */
export interface FoundInventory {
  /** Its name, and where it goes. */
  readonly name: string;
  /** Whether S3 goes on writing it. */
  readonly isEnabled: boolean;
  /** The newest; a text says why it is none that is read here. */
  readonly list: Read<InventoryList | string>;
}

/** Settings of a bucket that nothing here is about but the report: a text for each that is set. */
export type Beside = 'cors' | 'acceleration' | 'intelligent-tiering' | 'analytics' | 'metrics';

/** Things that `verify` leaves out, beside those it looks at. */
export interface Found extends LiveEnvironment {
  /** A lifecycle as Terraform's arguments say it, so that it can be held against a stack's. */
  readonly lifecycleArguments: Read<object>;
  /** Grants to anybody but the owner. */
  readonly aclGrants: Read<readonly AclGrant[]>;
  readonly replication: Read<readonly FoundReplication[]>;
  readonly requestPayer: Read<string>;
  /** ARNs of what is told of events. */
  readonly notifies: Read<readonly string[]>;
  readonly inventories: Read<readonly FoundInventory[]>;
  readonly beside: Readonly<Record<Beside, Read<readonly string[]>>>;
  /** Those of the bucket's own account. */
  readonly accessPoints: Read<readonly FoundAccessPoint[]>;
  readonly versions: Read<{ readonly listed: readonly FoundVersion[]; readonly isCutOff: boolean }>;
  readonly objects: Read<readonly FoundObject[]>;
  /** ARN of the key that the alias of the stack leads to. */
  readonly aliasTarget: Read<string | undefined>;
  /** ARNs of the stack's managed policies that are there already. */
  readonly ownPolicies: Read<readonly string[]>;
}
