import { type Capability, grantsOf } from './capabilities';
import { KEY_USE_ACTIONS } from './identity-policies';
import type { PolicyTarget } from './target';

/** One thing that the role may do. */
export interface AllowedAction {
  readonly action: string;
  readonly resource: string;
}

/** Everything that the role may do, as data: the grants of its policies, one action a line. */
export function allowedActions(
  target: PolicyTarget,
  capabilities: readonly Capability[],
  keyArn: string | undefined,
): readonly AllowedAction[] {
  const inS3 = grantsOf(capabilities).flatMap((grant) =>
    grant.actions.map((action) => ({ action, resource: grant.resource(target) })),
  );
  const onKey = keyArn === undefined ? [] : KEY_USE_ACTIONS.map((action) => ({ action, resource: keyArn }));
  return [...inS3, ...onKey];
}

/** What nobody who holds the role can do, whatever its capabilities. */
const ALWAYS_FORBIDDEN = [
  'plain-http',
  'wrong-encryption-header',
  'customer-provided-key',
  'object-acl',
  'other-bucket',
  'read-bucket-policy',
  'change-bucket-policy',
  'administer-iam',
  'administer-kms',
] as const;

const FORBIDDEN_WITH_KEY = ['wrong-key', 'direct-key-use'] as const;

export type ForbiddenAct = (typeof ALWAYS_FORBIDDEN)[number] | (typeof FORBIDDEN_WITH_KEY)[number];

/** What verification proves that the role cannot do. */
export function forbiddenActs(method: 'AES-256' | 'AWS-KMS'): readonly ForbiddenAct[] {
  return method === 'AWS-KMS' ? [...ALWAYS_FORBIDDEN, ...FORBIDDEN_WITH_KEY] : ALWAYS_FORBIDDEN;
}
