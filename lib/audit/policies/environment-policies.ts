import { accountOf } from '../../arn';
import type { Policy } from '../../iam';
import type { DeclaredHost } from './declared-host';
import type { KeptStatement } from './declared-kept';

export type EncryptionMethod = 'AES-256' | 'AWS-KMS';

/**
 * Every policy that has a say about one environment, wherever it was read from.
 *
 * Whatever could not be read is named in `notAssessed`; it is never taken for harmless in silence.
 */
export interface EnvironmentPolicies {
  /** Name of the environment. */
  readonly environment: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly role: RolePolicies;
  readonly bucket: BucketPolicies;
  /** The key of the bucket's default encryption; missing when S3 manages the keys. */
  readonly key?: KeyPolicies;
  /** Keys of earlier backups, which the role may read with. */
  readonly formerKeys: readonly KeyPolicies[];
  readonly declared: DeclaredUse;
  /** Sources that limit or widen access and could not be read; one plain sentence each. */
  readonly notAssessed: readonly string[];
}

export interface RolePolicies {
  readonly arn: string;
  /** Missing for a role that exists already. */
  readonly trust?: Policy;
  /** Empty for a role of another account whose policies nobody gave. */
  readonly identity: readonly Policy[];
  /** The permissions boundary, when its document is known. */
  readonly boundary?: Policy;
}

/** Account of the role, where bucket and key have to let it in by themselves because it is another than theirs. */
export function foreignRoleAccount({
  account,
  role,
}: Pick<EnvironmentPolicies, 'account' | 'role'>): string | undefined {
  const ofRole = accountOf(role.arn);
  return ofRole === account ? undefined : ofRole;
}

/** Whether nobody gave the policies that a role of another account gets from its owner. */
export function isOwnSideUnknown(policies: Pick<EnvironmentPolicies, 'account' | 'role'>): boolean {
  return foreignRoleAccount(policies) !== undefined && policies.role.identity.length === 0;
}

/** The key of this ARN, in use or former. */
export function findKey({ key, formerKeys }: EnvironmentPolicies, arn: string): KeyPolicies | undefined {
  return [...(key ? [key] : []), ...formerKeys].find((one) => one.arn === arn);
}

export interface BucketPolicies {
  readonly name: string;
  readonly arn: string;
  readonly policy?: Policy;
  /** Whether S3 Bucket Keys are on: the encryption context then names the bucket, else the object. */
  readonly bucketKey: boolean;
}

export interface KeyPolicies {
  readonly arn: string;
  /** Missing for a key that exists already: its policy is not part of the environment. */
  readonly policy?: Policy;
}

/** The use that the environment declares for the role. */
export interface DeclaredUse {
  readonly capabilities: readonly string[];
  readonly method: EncryptionMethod;
  readonly host: DeclaredHost;
  /** Statements of the bucket policy that are there on purpose; missing where there are none. */
  readonly kept?: readonly KeptStatement[];
  /** ARNs of the keys of earlier backups, or references to them. */
  readonly formerKeyArns?: readonly string[];
}
