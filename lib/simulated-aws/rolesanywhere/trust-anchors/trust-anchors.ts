import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import { requireResource } from '../request/access';
import { resourceId } from '../request/arns';
import { newResource, readName, requestedResource } from '../request/new-resource';
import type { Output } from '../request/operation';
import { keep } from '../request/resource-operations';
import { readNotificationSettings } from './notification-settings';
import { readSource } from './source';
import { trustAnchorKind } from './trust-anchor-kind';

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html */
export function createTrustAnchor(call: Call, input: Input): Output {
  const name = readName(input);
  const source = readSource(input);
  const hasSettings = (input.notificationSettings ?? undefined) !== undefined;
  const notificationSettings = hasSettings ? readNotificationSettings(input) : new Map();
  const resource = requestedResource(call, input, 'trust-anchor', 'rolesanywhere:CreateTrustAnchor');
  return keep(call, trustAnchorKind, { ...resource, name, source, notificationSettings });
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateTrustAnchor.html */
export function updateTrustAnchor(call: Call, input: Input): Output {
  const change = {
    ...((input.name ?? undefined) !== undefined && { name: readName(input) }),
    ...((input.source ?? undefined) !== undefined && { source: readSource(input) }),
  };
  const anchor = requireResource(call, input, trustAnchorKind, { action: 'rolesanywhere:UpdateTrustAnchor' });
  return keep(call, trustAnchorKind, { ...anchor, ...change });
}

/**
 * Makes an enabled trust anchor that the account is to hold already, without asking anybody for permission.
 *
 * @param arn in the account and its region
 * @param x509CertificateData PEM, of which nothing is checked. @default - no authority, until a host supplies one
 */
export function importTrustAnchor(account: AccountState, arn: string, x509CertificateData = ''): void {
  const anchor = newResource(account, 'trust-anchor', resourceId(account, 'trust-anchor', arn));
  const source = { type: 'CERTIFICATE_BUNDLE', x509CertificateData } as const;
  const imported = { ...anchor, name: 'imported', source, notificationSettings: new Map() };
  account.rolesAnywhere.trustAnchors.set(anchor.id, imported);
}
