import type { Call } from '../../service/service';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { requirePermission } from '../request/access';
import { noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';

/** Lists of which the account has nothing, by the element that would hold it. */
function emptyList(element: string) {
  return (call: Call, form: Form): XmlContent => {
    requirePermission(call, form, { resource: '*' });
    return { [element]: {}, ...readPage(form, []).end };
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const listGroups = emptyList('Groups');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export const listServerCertificates = emptyList('ServerCertificateMetadataList');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices = emptyList('VirtualMFADevices');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export const listAccountAliases = emptyList('AccountAliases');

/** It comes in one page. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html */
export function listSamlProviders(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  return { SAMLProviderList: {} };
}

/** Nobody has set one. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export function getAccountPasswordPolicy(call: Call, form: Form): never {
  requirePermission(call, form, { resource: '*' });
  throw noSuchEntity(`The Password Policy with domain name ${call.account.accountId} cannot be found.`);
}

/** The account is in no organization. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
export function listOrganizationsFeatures(call: Call, form: Form): never {
  requirePermission(call, form, { resource: '*' });
  throw new AwsError(400, 'OrganizationNotFoundException', 'The account is not a member of an organization.');
}
