/**
 * The thing that a policy is attached to, which decides the elements that it must or must not have.
 *
 * - `identity`: also boundaries and service control policies; no `Principal`, `Resource` required, where an ARN may be cut short
 * - `session`: policies passed to a session; as `identity`, but every ARN must be whole
 * - `resource`: policies of buckets, keys and VPC endpoints, and resource control policies; `Principal` and `Resource` required
 * - `trust`: role trust policies; `Principal` required, no `Resource`
 */
export type PolicyKind = 'identity' | 'session' | 'resource' | 'trust';
