import { type Policy, type PolicyDocument, printPolicy } from '../../iam';
import type { DeclaredHost } from '../policies/declared-host';
import type { EnvironmentPolicies, KeyPolicies } from '../policies/environment-policies';

/** A policy and the name that findings call it by, in the normal form of `printPolicy`. */
export interface RecordedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A key, and its policy where the stack or a file says it. */
export interface RecordedKey {
  readonly arn: string;
  readonly policy?: RecordedPolicy;
}

/** Every policy that the report speaks of, so that a later audit can evaluate what has changed since. */
export interface RecordedAccess {
  readonly partition: string;
  readonly role: {
    readonly arn: string;
    /** Missing for a role that exists already. */
    readonly trust?: RecordedPolicy;
    readonly identity: readonly RecordedPolicy[];
    readonly boundary?: RecordedPolicy;
  };
  readonly bucket: {
    readonly name: string;
    readonly arn: string;
    readonly bucketKey: boolean;
    readonly policy?: RecordedPolicy;
  };
  readonly key?: RecordedKey;
  /** Keys of earlier backups; missing where there are none. */
  readonly formerKeys?: readonly RecordedKey[];
  readonly declared: {
    readonly capabilities: readonly string[];
    readonly method: 'AES-256' | 'AWS-KMS';
    /** Missing where it is an EC2 instance, and in older reports. */
    readonly host?: DeclaredHost;
  };
}

/** The policies of a stack of which one at least cannot be read. */
export interface PartlyRead {
  readonly policies: readonly RecordedPolicy[];
  /** Where a policy stands that cannot be read. */
  readonly unread: readonly string[];
}

/** A place in a stack where a policy stands, and the policy, if it can be read. */
interface PolicyPlace {
  readonly place: string;
  readonly policy?: Policy;
}

/** The policies that can be read, as a report keeps them, and the places of the others. */
export function recordReadable(places: readonly PolicyPlace[]): PartlyRead {
  return {
    policies: places.flatMap(({ policy }) => (policy === undefined ? [] : [record(policy)])),
    unread: places.flatMap(({ place, policy }) => (policy === undefined ? [place] : [])),
  };
}

/** The policies of an environment as a report keeps them. */
export function recordAccess({
  partition,
  role,
  bucket,
  key,
  formerKeys,
  declared,
}: EnvironmentPolicies): RecordedAccess {
  const { capabilities, method, host } = declared;
  return {
    partition,
    role: {
      arn: role.arn,
      ...(role.trust && { trust: record(role.trust) }),
      identity: role.identity.map(record),
      ...(role.boundary && { boundary: record(role.boundary) }),
    },
    bucket: {
      name: bucket.name,
      arn: bucket.arn,
      bucketKey: bucket.bucketKey,
      ...(bucket.policy && { policy: record(bucket.policy) }),
    },
    ...(key && { key: recordKey(key) }),
    ...(formerKeys.length > 0 && { formerKeys: formerKeys.map(recordKey) }),
    declared: { capabilities, method, ...(host.kind !== 'ec2' && { host }) },
  };
}

function recordKey({ arn, policy }: KeyPolicies): RecordedKey {
  return { arn, ...(policy && { policy: record(policy) }) };
}

function record(policy: Policy): RecordedPolicy {
  return { name: policy.name, document: printPolicy(policy) };
}
