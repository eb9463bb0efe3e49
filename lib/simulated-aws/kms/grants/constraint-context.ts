import type { ContextValue } from '../../../iam/types';
import type { GrantConstraints } from '../../state/services/grant';

/**
 * The condition keys that the constraints of a grant supply: their type, and the encryption context that they name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export function constraintContext(constraints: GrantConstraints): Readonly<Record<string, ContextValue>> {
  const types = Object.keys(constraints);
  const pairs = Object.entries({ ...constraints.EncryptionContextSubset, ...constraints.EncryptionContextEquals });
  return {
    ...(types.length === 1 ? { 'kms:GrantConstraintType': types[0] ?? '' } : {}),
    ...(pairs.length === 0 ? {} : { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}
