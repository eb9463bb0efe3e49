import type { Admission } from './principals';
import type { AccessPolicies, AccessRequest, Layer } from './types';

/** One layer that must allow, and the ways in which its policy may name the caller for that to count. */
export interface RouteStep {
  readonly layer: Layer;
  readonly admissions: readonly Admission[];
}

/** A way to be allowed: every step must be taken. */
export type Route = readonly RouteStep[];

/** The layer of the resource's own policy. */
export interface Grantor {
  readonly layer: 'resource' | 'key';
  /** Whether nothing is allowed that this policy does not admit, not even to the owner's identities. */
  readonly isRequired: boolean;
}

const EVERY_ADMISSION: readonly Admission[] = ['caller', 'role', 'account'];

/**
 * Role trust policies and key policies must themselves admit the caller; other resource policies need not exist.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function findGrantor({ action, resource }: AccessRequest): Grantor {
  const lower = action.toLowerCase();
  if (lower.startsWith('kms:')) return { layer: 'key', isRequired: /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource) };
  return { layer: 'resource', isRequired: lower.startsWith('sts:') && /^arn:[^:]*:iam::[^:]*:role\//.test(resource) };
}

/**
 * The ways in which this caller can be allowed, most direct first.
 *
 * - Inside the account, a policy of the resource that names the caller suffices; one that names the role is held back by
 *   the boundary and the session policies; one that names the account leaves it to the identity policies.
 * - From another account, the resource's policy and everything on the caller's side must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function routesOf(request: AccessRequest, policies: AccessPolicies): readonly Route[] {
  const { principal, resourceAccount } = request;
  const grantor = findGrantor(request);
  const granted = (...admissions: readonly Admission[]): RouteStep => ({ layer: grantor.layer, admissions });
  if (!('account' in principal)) return [[granted('caller')]];
  const isOwnAccount = principal.account === resourceAccount;
  if (principal.kind === 'root') return [isOwnAccount && !grantor.isRequired ? [] : [granted('caller')]];
  const limits = limitsOf(policies);
  const identity = ownStep('identity');
  if (!isOwnAccount) return [[granted(...EVERY_ADMISSION), identity, ...limits]];
  return [
    [granted('caller')],
    [granted('role'), ...limits],
    grantor.isRequired ? [granted('account'), identity, ...limits] : [identity, ...limits],
  ];
}

function limitsOf({ boundary, session = [] }: AccessPolicies): readonly RouteStep[] {
  return [...(boundary ? [ownStep('boundary')] : []), ...(session.length > 0 ? [ownStep('session')] : [])];
}

function ownStep(layer: Layer): RouteStep {
  return { layer, admissions: ['caller'] };
}
