import { type Input, optionalString, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { Grant } from '../../state/services/grant';
import type { KmsKey } from '../../state/services/kms-state';
import { authorizeByPolicy } from '../access/key-access';
import { requestedKey, saveKey } from '../access/requested-key';
import { type GrantOnKey, grantOfToken } from '../grants/grant-tokens';
import { constraintContext, retiringPolicy } from '../grants/granted-policy';
import { kmsError, notFound, validationError } from '../request/key-errors';
import { findKey } from '../request/key-identifier';
import { endDryRun, type Output } from '../request/operation';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export function revokeGrant(call: Call, input: Input): Output {
  const grantId = requireGrantId(requiredString(input, 'GrantId'));
  const key = requestedKey(call, input, {
    action: 'kms:RevokeGrant',
    context: { 'kms:GrantIsForAWSResource': 'false' },
  });
  return removeGrant(call, input, { key, grant: grantById(key, grantId) });
}

/**
 * The grant itself says who may retire it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html
 */
export function retireGrant(call: Call, input: Input): Output {
  const found = grantToRetire(call, input);
  const { key, grant } = found;
  const access = { action: 'kms:RetireGrant', context: constraintContext(grant.constraints) };
  authorizeByPolicy(call, { key, policy: retiringPolicy(grant) }, access);
  return removeGrant(call, input, found);
}

/** @throws {AwsError} `InvalidGrantIdException` */
export function requireGrantId(grantId: string): string {
  if (!/^[0-9a-f]{64}$/.test(grantId)) {
    throw kmsError('InvalidGrantIdException', `Invalid grant id ${grantId}`);
  }
  return grantId;
}

/** A token names the grant; otherwise its id does, together with its key. */
function grantToRetire({ account }: Call, input: Input): GrantOnKey {
  const token = optionalString(input, 'GrantToken');
  const grantId = optionalString(input, 'GrantId');
  const keyId = optionalString(input, 'KeyId');
  if (token !== undefined) return grantOfToken(account, token);
  if (grantId === undefined || keyId === undefined) {
    throw validationError('Either a GrantToken, or a GrantId with its KeyId, must be specified.');
  }
  requireGrantId(grantId);
  const reference = findKey(account, keyId);
  if (reference.kind === 'foreign') throw notFound(`Grant ID ${grantId} not found`);
  return { key: reference.key, grant: grantById(reference.key, grantId) };
}

function grantById(key: KmsKey, grantId: string): Grant {
  const grant = key.grants.find((candidate) => candidate.grantId === grantId);
  if (grant === undefined) {
    throw notFound(`Grant ID ${grantId} not found`);
  }
  return grant;
}

function removeGrant({ account }: Call, input: Input, { key, grant }: GrantOnKey): Output {
  endDryRun(input);
  saveKey(account, { ...key, grants: key.grants.filter((other) => other !== grant) });
  return undefined;
}
