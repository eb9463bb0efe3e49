import { MOST_ATTACHED_POLICIES, MOST_OF_POLICY } from '../../../iam';
import type { Call } from '../../service/service';
import type { IamState } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { isOfAws, requirePermission } from '../request/access';

/** Quotas of an account that has asked for no more. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const QUOTAS: Readonly<Record<string, number>> = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: MOST_OF_POLICY.trust.most,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: MOST_ATTACHED_POLICIES,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: MOST_OF_POLICY['inline-of-group'].most,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: MOST_OF_POLICY.managed.most,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: MOST_OF_POLICY['inline-of-role'].most,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: MOST_OF_POLICY['inline-of-user'].most,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

/** Things that the account has none of. */
const NONE = [
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountPasswordPresent',
  'AccountSigningCertificatesPresent',
  'Groups',
  'MFADevices',
  'MFADevicesInUse',
  'ServerCertificates',
];

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export function getAccountSummary(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  const all = { ...QUOTAS, ...Object.fromEntries(NONE.map((name) => [name, 0])), ...countsOf(call.account.iam) };
  const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return { SummaryMap: { entry: entries.map(([key, value]) => ({ key, value })) } };
}

function countsOf({ users, roles, policies, instanceProfiles, openIdConnectProviders }: IamState) {
  const own = [...policies.values()].filter(({ arn }) => !isOfAws(arn));
  return {
    GlobalEndpointTokenVersion: 1,
    InstanceProfiles: instanceProfiles.size,
    Policies: own.length,
    PolicyVersionsInUse: own.reduce((count, { versions }) => count + versions.length, 0),
    Providers: openIdConnectProviders.size,
    Roles: roles.size,
    Users: users.size,
  };
}
