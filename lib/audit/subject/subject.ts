import type { Catalogue } from '../../catalogue';
import type { Policy, PolicyKind } from '../../iam';
import type { Proof } from '../permission-proof/proof';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Declaration } from '../policies/stack-policies';
import type { AccountBaseOutput } from '../stack/account-base-output';
import type { Answer } from '../stack/answer';
import type { Place } from '../stack/place';
import type { StackDocument, StackResource } from '../stack/stack-document';

/** A stack, taken apart into what belongs together. */
export interface StackParts {
  readonly stack: StackDocument;
  /** Output of a stack that is an account base. */
  readonly accountBase?: AccountBaseOutput;
  readonly place: Partial<Place>;
  readonly buckets: readonly BucketSubject[];
  readonly keys: readonly KeySubject[];
  readonly roles: readonly RoleSubject[];
  /** Every policy document of the stack, those of roles, buckets and keys among them. */
  readonly policies: readonly PolicyReading[];
  /** The day that expiry dates are held against, as `YYYY-MM-DD`; missing where nobody says. */
  readonly asOf?: string;
  /** The use that the stack declares. */
  readonly declaration: Answer<Declaration>;
  /** The one environment of the stack, when it can be told and all its policies can be read. */
  readonly environment: Answer<EnvironmentPolicies>;
  /** Resources that are about a bucket, a key or a role, and about none of this stack. */
  readonly strays: readonly StackResource[];
  readonly read: ReadArgument;
  readonly ofType: (type: string) => readonly StackResource[];
}

/** Everything that rules look at. */
export interface Subject extends StackParts {
  readonly catalogue: Catalogue;
  readonly proof: Answer<Proof>;
  /** The resources that a plan found; missing where there is no plan. */
  readonly before?: StackParts;
}

/** Reads an argument by its dotted path, with references resolved. */
export type ReadArgument = (resource: StackResource, path: string) => Answer<unknown>;

/** A policy document, and where it stands. */
export interface PolicyReading {
  readonly resource: StackResource;
  readonly argument: string;
  readonly kind: PolicyKind;
  /** The text of the document. */
  readonly text: Answer<string>;
  readonly policy: Answer<Policy>;
}

/** A resource, and those that say something of it: a bucket and its versioning, say. */
export interface Companions {
  readonly found: readonly StackResource[];
  /** Resources of the type whose owner nobody can tell. */
  readonly doubtful: readonly StackResource[];
}

export interface BucketSubject {
  readonly resource: StackResource;
  readonly name: Answer<string>;
  readonly arn: Answer<string>;
  readonly companions: (type: string) => Companions;
  /** Absent when the bucket has none. */
  readonly policy: Answer<Policy>;
  readonly encryption: BucketEncryptionReading;
  /** Whether other buckets of the stack write their access logs here, or those of other stacks by its own word. */
  readonly takesLogs: boolean;
}

export interface BucketEncryptionReading {
  /** As in `aws:kms`. */
  readonly algorithm: Answer<string>;
  readonly keyArn: Answer<string>;
  /** Whether S3 Bucket Keys are on; off when nothing says so. */
  readonly bucketKey: Answer<boolean>;
}

export interface KeySubject {
  readonly resource: StackResource;
  readonly arn: Answer<string>;
  /** Address of the resource that holds it; KMS's own policy when none is written. */
  readonly policy: Answer<Policy>;
  readonly policyAddress: string;
}

export interface RoleSubject {
  /** The stack's output, where the role exists already. */
  readonly resource: StackResource;
  /** Whether the stack leaves the role as it is; `identity` is then what the stack gives it. */
  readonly exists: boolean;
  /** Account of a role that is of another one than bucket and key; `identity` is then what these let it do. */
  readonly foreignAccount?: string | undefined;
  readonly arn: Answer<string>;
  readonly trust: Answer<Policy>;
  /** Attached and inline; unknown when one of them is. */
  readonly identity: Answer<readonly Policy[]>;
  /** Those of them that can be read. */
  readonly readable: readonly Policy[];
  readonly inline: readonly StackResource[];
  /** ARNs of attached policies that are not of this stack. */
  readonly elsewhere: readonly string[];
  readonly boundary: Answer<Policy>;
  readonly instanceProfiles: Companions;
}
