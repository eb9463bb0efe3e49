import type { Policy } from '../../../iam/types';

/** Unique ids of the account's users and roles that a resource policy names, by ARN. */
export type PinnedPrincipals = ReadonlyMap<string, string>;

/** A bucket policy, key policy or trust policy as it was put, and as the evaluator reads it. */
export interface PinnedPolicy {
  readonly text: string;
  /** With the unique ids of the account's own users and roles in place of their ARNs. */
  readonly parsed: Policy;
  /** Those ids, by the ARN in the text. */
  readonly pinned: PinnedPrincipals;
}
