import { type Input, optionalString, requiredBytes, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { Crl } from '../../state/services/roles-anywhere-state';
import { tryReadCrl } from '../certificates/crl';
import { requireResource } from '../request/access';
import { resourceId } from '../request/arns';
import { readName, requestedResource } from '../request/new-resource';
import { type Output, resourceNotFound, validationException } from '../request/operation';
import { type DescribedKind, keep } from '../request/resource-operations';

const MAX_BYTES = 300_000;

export const crlKind: DescribedKind<Crl> = {
  type: 'crl',
  noun: 'Crl',
  member: 'crl',
  path: 'crl',
  parameter: 'crlId',
  of: ({ account }) => account.rolesAnywhere.crls,
  describe: describeCrl,
};

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ImportCrl.html */
export function importCrl(call: Call, input: Input): Output {
  const name = readName(input);
  const data = readData(input);
  const trustAnchorArn = requiredString(input, 'trustAnchorArn', { minLength: 1, maxLength: 1011 });
  const resource = requestedResource(call, input, 'crl', 'rolesanywhere:ImportCrl');
  requireTrustAnchor(call.account, trustAnchorArn);
  return keep(call, crlKind, { ...resource, name, data, trustAnchorArn });
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateCrl.html */
export function updateCrl(call: Call, input: Input): Output {
  const name = optionalString(input, 'name') === undefined ? undefined : readName(input);
  const data = (input.crlData ?? undefined) === undefined ? undefined : readData(input);
  const crl = requireResource(call, input, crlKind, { action: 'rolesanywhere:UpdateCrl' });
  return keep(call, crlKind, { ...crl, ...(name !== undefined && { name }), ...(data !== undefined && { data }) });
}

function readData(input: Input): Buffer {
  const data = requiredBytes(input, 'crlData', MAX_BYTES);
  if (tryReadCrl(data.toString('utf8')) === undefined) throw validationException('Unable to parse the CRL as PEM');
  return data;
}

function requireTrustAnchor(account: AccountState, arn: string): void {
  const anchor = account.rolesAnywhere.trustAnchors.get(resourceId(account, 'trust-anchor', arn));
  if (anchor?.arn !== arn) throw resourceNotFound(`There is no trust anchor ${arn}.`);
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CrlDetail.html */
function describeCrl(crl: Crl): object {
  return {
    crlId: crl.id,
    crlArn: crl.arn,
    name: crl.name,
    enabled: crl.isEnabled,
    crlData: crl.data.toString('base64'),
    trustAnchorArn: crl.trustAnchorArn,
    createdAt: crl.createdAt.toISOString(),
    updatedAt: crl.updatedAt.toISOString(),
  };
}
