/**
 * The thing that a policy is attached to, which decides the elements that it must or must not have.
 *
 * - `identity`: also boundaries, session policies and service control policies; no `Principal`, `Resource` required
 * - `resource`: policies of buckets, keys and VPC endpoints, and resource control policies; `Principal` and `Resource` required
 * - `trust`: role trust policies; `Principal` required, no `Resource`
 */
export type PolicyKind = 'identity' | 'resource' | 'trust';
