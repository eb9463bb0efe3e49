import type { AccountState } from '../../state/account-state';

type Owner = Pick<AccountState, 'partition' | 'accountId'>;
type ResourceType = 'instance-profile' | 'oidc-provider' | 'policy' | 'role' | 'user';

/** The ARN of an entity of IAM; its path is part of it. */
export function entityArn({ partition, accountId }: Owner, type: ResourceType, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:${type}${path}${name}`;
}
