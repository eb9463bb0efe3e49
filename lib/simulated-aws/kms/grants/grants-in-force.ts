import type { Grant } from '../../state/services/grant';
import type { KmsKey, KmsState } from '../../state/services/kms-state';

/**
 * The grants that access decisions see at this moment: they come into force, and go, with the delay of policies; one
 * whose token is in the request is there at once.
 *
 * @param state of the key's own account
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/using-grant-token.html
 */
export function grantsInForce({ keys }: KmsState, key: KmsKey, presented: readonly Grant[] = []): readonly Grant[] {
  const settled = keys.inForce(key.keyId)?.grants ?? key.grants;
  const ids = new Set(settled.map(({ grantId }) => grantId));
  const onKey = presented.filter((grant) => key.grants.includes(grant));
  return [...settled, ...onKey.filter(({ grantId }) => !ids.has(grantId))];
}
