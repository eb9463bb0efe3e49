import { type Capability, grantsOf } from './capabilities';
import { type EnvironmentKeys, FORMER_KEY_USE_ACTIONS, KEY_USE_ACTIONS } from './identity-policies';
import { bucketArn, isForeignRole, objectsArn } from './resource-names';
import type { PolicyTarget } from './target';

/** A thing that the role may do. */
export interface AllowedAction {
  readonly action: string;
  readonly resource: string;
}

/** Everything that the role may do, as data: the grants of its policies, one action a line. */
export function allowedActions(
  target: PolicyTarget,
  capabilities: readonly Capability[],
  { current, former = [] }: EnvironmentKeys,
): readonly AllowedAction[] {
  const inS3 = grantsOf(capabilities).flatMap((grant) =>
    grant.actions.map((action) => ({ action, resource: grant.resource(target) })),
  );
  const onKey = current === undefined ? [] : KEY_USE_ACTIONS.map((action) => ({ action, resource: current }));
  const onFormer = former.flatMap((resource) => FORMER_KEY_USE_ACTIONS.map((action) => ({ action, resource })));
  return [...inS3, ...onKey, ...onFormer];
}

/** Acts that nobody with the role can do, whatever its capabilities. */
const ALWAYS_FORBIDDEN = [
  'plain-http',
  'presigned-plain-http',
  'wrong-encryption-header',
  'customer-provided-key',
  'object-acl',
  'tagging',
  'other-bucket',
  'cross-bucket-copy',
  'other-region',
  'read-bucket-policy',
  'change-bucket-policy',
  'change-lifecycle',
  'change-encryption',
  'change-public-access-block',
  'change-object-lock',
  'change-replication',
  'role-chaining',
  'administer-iam',
  'administer-kms',
] as const;

const FORBIDDEN_WITH_KEY = ['wrong-key', 'direct-key-use', 'create-grant'] as const;
/** An act that only a role of another account has to be kept from. */
const FORBIDDEN_TO_FOREIGN_ROLE = ['key-left-out'] as const;

const FORBIDDEN_WITH_LOCK = ['change-retention'] as const;
/** An act that is tried on a version of its own, which has to be locked. */
const FORBIDDEN_WHILE_LOCKING = ['bypass-retention'] as const;

/** Acts that one action admits; they are forbidden unless a capability grants it on the whole bucket. */
const FORBIDDEN_UNLESS_GRANTED = [
  ['read-version', 's3:GetObjectVersion'],
  ['version-delete', 's3:DeleteObjectVersion'],
  ['change-versioning', 's3:PutBucketVersioning'],
] as const;

export type ForbiddenAct =
  | (typeof ALWAYS_FORBIDDEN)[number]
  | (typeof FORBIDDEN_WITH_KEY)[number]
  | (typeof FORBIDDEN_TO_FOREIGN_ROLE)[number]
  | (typeof FORBIDDEN_WITH_LOCK)[number]
  | (typeof FORBIDDEN_WHILE_LOCKING)[number]
  | (typeof FORBIDDEN_UNLESS_GRANTED)[number][0]
  | 'other-prefix';

/** The settings that decide which acts there are to forbid. */
export interface ProtectedData {
  readonly method: 'AES-256' | 'AWS-KMS';
  /** Object Lock of the bucket; `ended` locks no new versions. */
  readonly objectLock?: { readonly ended: boolean } | undefined;
}

/** The acts that verification proves the role cannot do. */
export function forbiddenActs(
  target: PolicyTarget,
  { method, objectLock }: ProtectedData,
  capabilities: readonly Capability[],
): readonly ForbiddenAct[] {
  const grants = grantsOf(capabilities);
  const isGranted = (wanted: string, resources: readonly string[]) =>
    grants.some(({ actions, resource }) => actions.includes(wanted) && resources.includes(resource(target)));
  const everywhere = [bucketArn(target), objectsArn(target)];
  return [
    ...ALWAYS_FORBIDDEN,
    ...(method === 'AWS-KMS' ? FORBIDDEN_WITH_KEY : []),
    ...(isForeignRole(target) ? FORBIDDEN_TO_FOREIGN_ROLE : []),
    ...(objectLock === undefined ? [] : FORBIDDEN_WITH_LOCK),
    ...(objectLock === undefined || objectLock.ended ? [] : FORBIDDEN_WHILE_LOCKING),
    ...FORBIDDEN_UNLESS_GRANTED.filter(([, action]) => !isGranted(action, everywhere)).map(([act]) => act),
    ...(isGranted('s3:PutObject', everywhere) ? [] : (['other-prefix'] as const)),
  ];
}
