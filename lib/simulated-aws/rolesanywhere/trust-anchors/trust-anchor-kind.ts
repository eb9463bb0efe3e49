import type { AccountState } from '../../state/account-state';
import type { TrustAnchor } from '../../state/services/roles-anywhere-state';
import type { DescribedKind } from '../request/resource-operations';
import { describeNotificationSettings } from './notification-settings';
import { describeSource } from './source';

export const trustAnchorKind: DescribedKind<TrustAnchor> = {
  type: 'trust-anchor',
  noun: 'TrustAnchor',
  member: 'trustAnchor',
  path: 'trustanchor',
  parameter: 'trustAnchorId',
  of: ({ account }) => account.rolesAnywhere.trustAnchors,
  describe: describeTrustAnchor,
};

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html */
function describeTrustAnchor(anchor: TrustAnchor, { accountId }: AccountState): object {
  return {
    trustAnchorId: anchor.id,
    trustAnchorArn: anchor.arn,
    name: anchor.name,
    source: describeSource(anchor.source),
    enabled: anchor.isEnabled,
    createdAt: anchor.createdAt.toISOString(),
    updatedAt: anchor.updatedAt.toISOString(),
    notificationSettings: describeNotificationSettings(anchor.notificationSettings, accountId),
  };
}
