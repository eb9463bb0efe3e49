/** An action of the service authorization reference. */
export interface CatalogueAction {
  /** Service prefix, as in `s3`. */
  readonly service: string;
  /** As IAM spells it, with its service: `s3:GetObject`. */
  readonly name: string;
  /** AWS's words: `Read`, `List`, `Write`, `Tagging, Write` or `Permissions management, Write`. */
  readonly accessLevel: string;
  /** Empty for an action that takes no resource: a statement must name `*` for it. */
  readonly resourceTypes: readonly CatalogueResourceType[];
  /** Service and global keys that every request for the action may carry; `*` stands for the part that an author chooses. */
  readonly conditionKeys: readonly string[];
}

/** A type of resource, as one action takes it. */
export interface CatalogueResourceType {
  readonly name: string;
  /** In the reference's notation: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; a few hold `*`. */
  readonly arnPattern: string;
  readonly isRequired: boolean;
  /** Keys that a request carries when it is for a resource of this type, besides those of the action. */
  readonly conditionKeys: readonly string[];
}

export interface CatalogueConditionKey {
  /** As AWS spells it; `*` stands for the part that an author chooses. */
  readonly name: string;
  /** `String`, `ArrayOfString`, `ARN`, ... */
  readonly type: string;
}

/** Questions about every action at once, so that nobody lists 22,000 of them for it. */
export interface Summary {
  readonly actionCount: number;
  /** Names of the actions whose access level is permissions management, in the order of the actions. */
  readonly permissionsManagement: readonly string[];
  /** The fixed words in ARNs of their resources, as in `role` and `instance-profile`. */
  readonly arnWords: readonly string[];
}

/** Actions that AWS documents, of every service or of those that were asked for. */
export interface Catalogue {
  /** Version of the data: that of the package it comes from. */
  readonly version: string;
  /** Prefixes of the services whose actions are here. */
  readonly services: readonly string[];
  /** Prefixes of every service there is; equal to `services` when everything was loaded. */
  readonly knownServices: readonly string[];
  readonly actions: readonly CatalogueAction[];
  /** Quicker than to list the actions. */
  readonly summary: Summary;
  /** The actions of one service by its prefix; none for a service that is not among those loaded. */
  readonly actionsOf: (service: string) => readonly CatalogueAction[];
  /** The action by its full name, in any case; `undefined` when there is none among those loaded. */
  readonly tryFind: (name: string) => CatalogueAction | undefined;
  /** Keys that AWS may supply with any action. */
  readonly globalConditionKeys: readonly CatalogueConditionKey[];
}
