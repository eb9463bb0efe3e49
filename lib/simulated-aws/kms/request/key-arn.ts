import type { AccountState } from '../../state/account-state';

type Location = Pick<AccountState, 'partition' | 'region' | 'accountId'>;

/** A KMS ARN taken apart; `resource` is `key/<id>` or `alias/<name>`. */
export interface KmsArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const KMS_ARN = /^arn:([^:]+):kms:([^:]+):(\d{12}):((?:key|alias)\/.+)$/;

export function keyArn(location: Location, keyId: string): string {
  return kmsResourceArn(location, `key/${keyId}`);
}

/** @param aliasName with its `alias/` prefix */
export function aliasArn(location: Location, aliasName: string): string {
  return kmsResourceArn(location, aliasName);
}

/** The parts of a KMS key ARN or alias ARN, or `undefined` when the text is neither. */
export function parseKmsArn(text: string): KmsArn | undefined {
  const [, partition, region, accountId, resource] = KMS_ARN.exec(text) ?? [];
  return partition && region && accountId && resource ? { partition, region, accountId, resource } : undefined;
}

function kmsResourceArn(location: Location, resource: string): string {
  return `arn:${location.partition}:kms:${location.region}:${location.accountId}:${resource}`;
}
