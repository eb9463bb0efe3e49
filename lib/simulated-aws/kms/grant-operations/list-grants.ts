import { partitionOf } from '../../../arn';
import { type Input, optionalString, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { authorizeWithoutKey } from '../access/key-access';
import { requestedKey } from '../access/requested-key';
import { allGrants, type GrantOnKey } from '../grants/grant-tokens';
import { epochSeconds, type Output } from '../request/operation';
import { page } from '../request/pages';
import { requireGrantId } from './end-grant';
import { readGrantPrincipal } from './grant-principal';

const PAGE_SIZE = { default: 50, max: 100 };

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export function listGrants(call: Call, input: Input): Output {
  const grantId = optionalString(input, 'GrantId');
  const grantee = optionalString(input, 'GranteePrincipal');
  const key = requestedKey(call, input, {
    action: 'kms:ListGrants',
    context: { 'kms:GrantIsForAWSResource': 'false' },
  });
  if (grantId !== undefined) requireGrantId(grantId);
  const items = key.grants
    .filter((grant) => grantId === undefined || grant.grantId === grantId)
    .filter((grant) => grantee === undefined || grant.grantee.arn === grantee)
    .map((grant) => describeGrant({ key, grant }));
  return page(input, { name: 'Grants', items }, PAGE_SIZE);
}

/**
 * The resource that the caller needs permission on is the retiring principal.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html
 */
export function listRetirableGrants(call: Call, input: Input): Output {
  const { arn } = readGrantPrincipal(call.account, requiredString(input, 'RetiringPrincipal'));
  authorizeWithoutKey(call, arn, { action: 'kms:ListRetirableGrants' });
  const items = allGrants(call.account)
    .filter(({ grant }) => grant.retiring?.arn === arn)
    .map(describeGrant);
  return page(input, { name: 'Grants', items }, PAGE_SIZE);
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
function describeGrant({ key, grant }: GrantOnKey): Output {
  const { grantId, name, createdAt, grantee, retiring, issuingAccount, operations, constraints } = grant;
  return {
    KeyId: key.arn,
    GrantId: grantId,
    Name: name ?? '',
    CreationDate: epochSeconds(createdAt),
    GranteePrincipal: grantee.arn,
    ...(retiring === undefined ? {} : { RetiringPrincipal: retiring.arn }),
    IssuingAccount: `arn:${partitionOf(key.arn)}:iam::${issuingAccount}:root`,
    Operations: operations,
    ...(Object.keys(constraints).length === 0 ? {} : { Constraints: constraints }),
  };
}
