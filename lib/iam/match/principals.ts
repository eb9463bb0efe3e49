import { ACCOUNT_ID } from '../../arn';
import type { AccessRequest, Principal, PrincipalElement } from '../types';

/**
 * How a resource-based policy admits the caller; it decides which other policies can still hold the caller back.
 *
 * - `caller`: the user, the session, the service, the provider, or everyone; nothing else need allow, inside the account
 * - `role`: the role behind the session; a boundary and session policies still limit it
 * - `account`: the caller's account, which leaves the choice to its identity policies
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Admission = 'caller' | 'role' | 'account';

const ACCOUNT_ARN = /^arn:[^:]+:iam::(\d{12}):root$/;

/**
 * How the `Principal` element admits the caller; `undefined` when it does not.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function findAdmission(element: PrincipalElement, request: AccessRequest): Admission | undefined {
  if (element.anyone) return 'caller';
  return identitiesOf(request).find((identity) => isNamed(element, identity))?.admission;
}

/**
 * Whether the `NotPrincipal` element of a denial spares the caller: the account, the role and the session must all be listed.
 *
 * The documentation calls a list without the account a risk of denial; here that risk is taken as certain.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(element: PrincipalElement, request: AccessRequest): boolean {
  const identities = identitiesOf(request);
  return element.anyone || (identities.length > 0 && identities.every((identity) => isNamed(element, identity)));
}

/**
 * How a statement admits the caller; one that names no principal is of the identity itself, and always means the caller.
 *
 * @param hasBoundary - whether the caller has a permissions boundary: a denial by `NotPrincipal` then always applies
 */
export function admissionOf(
  principals: PrincipalElement | undefined,
  request: AccessRequest,
  hasBoundary: boolean,
): Admission | undefined {
  if (principals === undefined) return 'caller';
  if (!principals.negated) return findAdmission(principals, request);
  return isSpared(principals, request) && !(hasBoundary && 'account' in request.principal) ? undefined : 'caller';
}

interface Identity {
  readonly admission: Admission;
  readonly type: 'AWS' | 'Service' | 'Federated';
  readonly names: readonly string[];
  readonly canonicalUserId?: string;
}

/** Every identity that a caller acts under, the strongest admission first, each with the names that a policy can call it by. */
function identitiesOf({ principal, canonicalUserId }: AccessRequest): readonly Identity[] {
  switch (principal.kind) {
    case 'anonymous':
      return [];
    case 'service':
      return [{ admission: 'caller', type: 'Service', names: [principal.service] }];
    case 'federated':
      return [{ admission: 'caller', type: 'Federated', names: [principal.provider] }];
    default:
      return [...ownIdentitiesOf(principal), accountIdentityOf(principal, canonicalUserId)];
  }
}

type AccountPrincipal = Extract<Principal, { readonly account: string }>;

function ownIdentitiesOf(principal: AccountPrincipal): readonly Identity[] {
  if (principal.kind === 'root') return [];
  if (principal.kind === 'user') {
    return [{ admission: 'caller', type: 'AWS', names: [principal.arn, principal.userId] }];
  }
  const [roleId = ''] = principal.userId.split(':');
  return [
    { admission: 'caller', type: 'AWS', names: [principal.arn] },
    { admission: 'role', type: 'AWS', names: [principal.roleArn, roleId] },
  ];
}

function accountIdentityOf(principal: AccountPrincipal, canonicalUserId: string | undefined): Identity {
  const admission = principal.kind === 'root' ? 'caller' : 'account';
  const identity = { admission, type: 'AWS', names: [principal.account] } as const;
  return canonicalUserId === undefined ? identity : { ...identity, canonicalUserId };
}

function isNamed({ byType }: PrincipalElement, { type, names, canonicalUserId }: Identity): boolean {
  const listed = byType[type] ?? [];
  if (listed.some((name) => names.includes(toAccountId(name)))) return true;
  return canonicalUserId !== undefined && (byType.CanonicalUser ?? []).includes(canonicalUserId);
}

/** The account's ARN and its id mean the same. */
function toAccountId(name: string): string {
  return name.endsWith(':root') ? (ACCOUNT_ARN.exec(name)?.[1] ?? name) : name;
}

/** Whether a text is one of the forms that may stand under `AWS` in a `Principal` element. */
export function isAwsPrincipal(text: string): boolean {
  return (
    text === '*' ||
    [ACCOUNT_ID, ACCOUNT_ARN, ENTITY_ARN, ORIGIN_ACCESS_IDENTITY, UNIQUE_ID].some((form) => form.test(text))
  );
}

const ENTITY_ARN =
  /^arn:[^:*?]+:(?:iam::\d{12}:(?:user|role)\/|sts::\d{12}:(?:assumed-role\/[^/*?]+\/|federated-user\/))[^*?]+$/;
/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const ORIGIN_ACCESS_IDENTITY = /^arn:[^:*?]+:iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z0-9]+$/;
const UNIQUE_ID = /^(?:AIDA|AROA)[A-Z0-9]{12,}$/;
