import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { Grant } from '../../state/services/grant';
import type { KmsKey } from '../../state/services/kms-state';
import { requireEnabled } from '../access/key-use';
import { requestedKey, saveKey } from '../access/requested-key';
import { newGrantToken, presentedGrants } from '../grants/grant-tokens';
import { constraintContext } from '../grants/granted-policy';
import { endDryRun, type Output } from '../request/operation';
import { type RequestedGrant, readRequestedGrant } from './requested-grant';

/**
 * A named grant that is there already with the same properties is not made twice.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
export function createGrant(call: Call, input: Input): Output {
  const requested = readRequestedGrant(call, input);
  const key = requestedKey(call, input, {
    action: 'kms:CreateGrant',
    context: contextOf(requested),
    presentedGrants: presentedGrants(call.account, input),
    requested,
  });
  requireEnabled(key);
  endDryRun(input);
  const token = newGrantToken(call.account);
  const existing = key.grants.find((grant) => isRepeated(grant, requested));
  const grant = existing ?? newGrant(call, requested);
  putGrant(call, key, { ...grant, tokens: [...grant.tokens, token] });
  return { GrantId: grant.grantId, GrantToken: token };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html */
function contextOf({ grantee, retiring, operations, constraints }: RequestedGrant) {
  return {
    'kms:GranteePrincipal': grantee.arn,
    ...(retiring === undefined ? {} : { 'kms:RetiringPrincipal': retiring.arn }),
    'kms:GrantOperations': operations,
    'kms:GrantIsForAWSResource': 'false',
    ...constraintContext(constraints),
  };
}

function isRepeated({ name, grantee, retiring, operations, constraints }: Grant, requested: RequestedGrant): boolean {
  const propertiesOf = (grant: RequestedGrant) =>
    JSON.stringify([grant.grantee, grant.retiring, [...grant.operations].sort(), grant.constraints]);
  return name !== undefined && name === requested.name
    ? propertiesOf({ grantee, operations, constraints, ...(retiring === undefined ? {} : { retiring }) }) ===
        propertiesOf(requested)
    : false;
}

function newGrant({ account }: Call, requested: RequestedGrant): Grant {
  return {
    ...requested,
    grantId: account.randomBytes(32).toString('hex'),
    createdAt: account.now(),
    issuingAccount: account.accountId,
    tokens: [],
  };
}

function putGrant({ account }: Call, key: KmsKey, grant: Grant): void {
  const others = key.grants.filter(({ grantId }) => grantId !== grant.grantId);
  saveKey(account, { ...key, grants: [...others, grant] });
}
