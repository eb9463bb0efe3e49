import type { AccountState } from '../../state/account-state';

/** How ARNs call the resources of the service. */
export type ResourceType = 'trust-anchor' | 'profile' | 'crl' | 'subject';

type Place = Pick<AccountState, 'partition' | 'region' | 'accountId'>;

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementrolesanywhere.html */
export function resourceArn({ partition, region, accountId }: Place, type: ResourceType, id: string): string {
  return `arn:${partition}:rolesanywhere:${region}:${accountId}:${type}/${id}`;
}

/** The id of a resource of the account in the region, from its ARN or from the id itself; else what was given. */
export function resourceId(place: Place, type: ResourceType, identifier: string): string {
  const prefix = resourceArn(place, type, '');
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
}

/** A new UUID. */
export function newResourceId({ randomBytes }: Pick<AccountState, 'randomBytes'>): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
