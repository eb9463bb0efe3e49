import type { Admission } from '../match/principals';
import type { AccessPolicies, AccessRequest, Layer, Principal } from '../types';
import { serviceControlLevels } from './control-policies';
import { isRefusedByBlock } from './public-policy';

/** A layer that must allow, and the ways in which its policy may name the caller for that to count. */
export interface RouteStep {
  readonly layer: Layer;
  readonly admissions: readonly Admission[];
  /** The one level of the organization that must allow; only in the layer `scp`. */
  readonly level?: number;
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
 * - Every way passes the VPC endpoint's policy and each level of service control policies. Resource control policies are
 *   no step: AWS attaches `RCPFullAWSAccess` to every level for good, so they only ever deny.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function routesOf(request: AccessRequest, policies: AccessPolicies): readonly Route[] {
  if (areWrongCredentials(request)) return [[UNTRAVELLED]];
  const outer = outerLimitsOf(request, policies);
  const { principal } = request;
  const inner =
    'account' in principal && principal.account === request.resourceAccount
      ? ownAccountRoutes(request, policies)
      : [foreignRoute(request, policies)];
  return outer.length === 0 ? inner : inner.map((route) => [...outer, ...route]);
}

function ownAccountRoutes(request: AccessRequest, policies: AccessPolicies): readonly Route[] {
  const { layer, isRequired } = findGrantor(request);
  const granted = (admission: Admission): RouteStep => ({ layer, admissions: [admission] });
  if (request.principal.kind === 'root') return [isRequired ? [granted('caller')] : []];
  const limits = limitsOf(policies);
  return [
    [granted('caller')],
    [granted('role'), ...limits],
    isRequired ? [granted('account'), ownStep('identity'), ...limits] : [ownStep('identity'), ...limits],
  ];
}

/** The route of a principal of another account, or of one without an account, which has no policies of its own. */
function foreignRoute(request: AccessRequest, policies: AccessPolicies): Route {
  const { principal } = request;
  const { layer } = findGrantor(request);
  const isEntity = 'account' in principal && principal.kind !== 'root';
  return [
    { layer, admissions: isEntity ? EVERY_ADMISSION : ['caller'] },
    ...(isRefusedByBlock(request, policies) ? [BLOCKED] : []),
    ...(isEntity ? [ownStep('identity'), ...limitsOf(policies)] : []),
  ];
}

/** A step that no statement of any policy takes. */
const BLOCKED: RouteStep = { layer: 'public-access-block', admissions: [] };
const UNTRAVELLED: RouteStep = { layer: 'identity', admissions: [] };

/**
 * STS takes no credentials of a root user for a role, and none of a session for another session, whatever policies say.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
function areWrongCredentials({ principal, action }: AccessRequest): boolean {
  const name = action.toLowerCase();
  if (principal.kind === 'root') return name === 'sts:assumerole';
  return isSession(principal) && (name === 'sts:getsessiontoken' || name === 'sts:getfederationtoken');
}

/** Whether somebody calls with credentials for a time, which the ARN of a federated user tells. */
export function isSession(principal: Principal): boolean {
  if (principal.kind === 'user') return principal.arn.includes(':federated-user/');
  return principal.kind === 'role-session';
}

function outerLimitsOf(request: AccessRequest, policies: AccessPolicies): Route {
  return [
    ...(policies.endpoint ? [ownStep('endpoint')] : []),
    ...serviceControlLevels(request, policies).map((_, level): RouteStep => ({ ...ownStep('scp'), level })),
  ];
}

function limitsOf({ boundary, session = [] }: AccessPolicies): readonly RouteStep[] {
  return [...(boundary ? [ownStep('boundary')] : []), ...(session.length > 0 ? [ownStep('session')] : [])];
}

function ownStep(layer: Layer): RouteStep {
  return { layer, admissions: ['caller'] };
}
