import type { AccountState } from '../../state/account-state';
import type { Profile } from '../../state/services/roles-anywhere-state';
import type { DescribedKind } from '../request/resource-operations';

export const profileKind: DescribedKind<Profile> = {
  type: 'profile',
  noun: 'Profile',
  member: 'profile',
  path: 'profile',
  parameter: 'profileId',
  of: ({ account }) => account.rolesAnywhere.profiles,
  describe: describeProfile,
};

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ProfileDetail.html */
function describeProfile(profile: Profile, { accountId }: AccountState): object {
  return {
    profileId: profile.id,
    profileArn: profile.arn,
    name: profile.name,
    requireInstanceProperties: profile.requiresInstanceProperties,
    enabled: profile.isEnabled,
    createdBy: accountId,
    sessionPolicy: profile.sessionPolicy,
    roleArns: profile.roleArns,
    managedPolicyArns: profile.managedPolicyArns,
    createdAt: profile.createdAt.toISOString(),
    updatedAt: profile.updatedAt.toISOString(),
    durationSeconds: profile.durationSeconds,
    acceptRoleSessionName: profile.acceptsRoleSessionName,
    attributeMappings: [...profile.attributeMappings].map(([certificateField, specifiers]) => ({
      certificateField,
      mappingRules: specifiers.map((specifier) => ({ specifier })),
    })),
  };
}
