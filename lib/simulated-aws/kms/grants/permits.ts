import type { EncryptionContext } from '../../../request-model';
import type { Grant, GrantConstraints } from '../../state/services/grant';

/** A request that a grant may permit. */
export interface GrantedRequest {
  /** `kms:…` */
  readonly action: string;
  /** Absent for an operation that has none. */
  readonly encryptionContext?: EncryptionContext;
  /** The grant that a request to create another one asks for. */
  readonly requested?: Pick<Grant, 'operations' | 'constraints'>;
}

/**
 * Whether a grant permits the request, whoever sends it.
 *
 * Constraints say nothing of operations without an encryption context. A grant that permits `CreateGrant` permits grants
 * of no further operations and with constraints at least as strict.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
 */
export function permits(
  { operations, constraints }: Pick<Grant, 'operations' | 'constraints'>,
  request: GrantedRequest,
): boolean {
  const { action, encryptionContext, requested } = request;
  if (!operations.includes(action.replace(/^kms:/, ''))) return false;
  if (requested !== undefined) {
    return (
      requested.operations.every((name) => operations.includes(name)) && isAsStrict(requested.constraints, constraints)
    );
  }
  return encryptionContext === undefined || satisfies(encryptionContext, constraints);
}

function satisfies(
  context: EncryptionContext,
  { EncryptionContextEquals: equal, EncryptionContextSubset: subset }: GrantConstraints,
) {
  return (equal === undefined || isSame(context, equal)) && (subset === undefined || includes(context, subset));
}

/** Every encryption context that the child admits is one that the parent admits. */
function isAsStrict(child: GrantConstraints, parent: GrantConstraints): boolean {
  const { EncryptionContextEquals: exact, EncryptionContextSubset: atLeast } = child;
  if (exact !== undefined) return satisfies(exact, parent);
  const { EncryptionContextEquals: equal, EncryptionContextSubset: subset = {} } = parent;
  return equal === undefined && includes(atLeast ?? {}, subset);
}

function isSame(left: EncryptionContext, right: EncryptionContext): boolean {
  return includes(left, right) && includes(right, left);
}

function includes(context: EncryptionContext, pairs: EncryptionContext): boolean {
  return Object.entries(pairs).every(([name, value]) => Object.hasOwn(context, name) && context[name] === value);
}
