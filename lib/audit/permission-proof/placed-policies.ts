import type { Layer, Policy, PolicyKind } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';

/** A policy and where it stands. */
export interface PlacedPolicy {
  readonly policy: Policy;
  readonly layer: Layer;
  readonly kind: PolicyKind;
}

/** Every policy of the environment, in the order of the report. */
export function placedPolicies({ role, bucket, key, formerKeys }: EnvironmentPolicies): readonly PlacedPolicy[] {
  return [
    ...role.identity.map((policy) => ({ policy, layer: 'identity' as const, kind: 'identity' as const })),
    ...(bucket.policy ? [{ policy: bucket.policy, layer: 'resource' as const, kind: 'resource' as const }] : []),
    ...[...(key ? [key] : []), ...formerKeys].flatMap(({ policy }) =>
      policy ? [{ policy, layer: 'key' as const, kind: 'resource' as const }] : [],
    ),
    ...(role.trust ? [{ policy: role.trust, layer: 'resource' as const, kind: 'trust' as const }] : []),
  ];
}
