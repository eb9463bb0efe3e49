import type { ControlPlane } from '../../../aws/control-plane';
import { settingsOf } from '../settings';
import type { AttachedPolicy, InlinePolicy, LiveEnvironment, LiveInstanceProfile, LiveRole } from './live-environment';
import { joinReads, mapRead, orWhenAbsent, type Read, readPages } from './read';

type Iam = ControlPlane['iam'];

interface Names {
  readonly role: string;
  /** Missing where the host brings no profile. */
  readonly instanceProfile: string | undefined;
}

/** IAM encodes documents as in a URL. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const decode = (document = '') => decodeURIComponent(document);

/** Reads role, policies and instance profile. */
export async function readLiveRole(iam: Iam, names: Names): Promise<Omit<LiveEnvironment, 'bucket' | 'key'>> {
  const [role, attached, inline, profilesOfRole, instanceProfile] = await Promise.all([
    readRole(iam, names.role),
    readAttached(iam, names.role),
    readInline(iam, names.role),
    readProfilesOfRole(iam, names.role),
    readInstanceProfile(iam, names.instanceProfile),
  ]);
  const boundaryArn = role.answer.ok ? role.answer.value?.boundaryArn : undefined;
  return { role, attached, inline, profilesOfRole, instanceProfile, boundary: await readBoundary(iam, boundaryArn) };
}

async function readRole(iam: Iam, RoleName: string): Promise<Read<LiveRole | undefined>> {
  const read = { call: 'GetRole', answer: await iam.getRole({ RoleName }) };
  const role = mapRead(
    read,
    ({ Role }): LiveRole => ({
      arn: Role?.Arn ?? '',
      trust: decode(Role?.AssumeRolePolicyDocument),
      settings: settingsOf({ Path: Role?.Path, MaxSessionDuration: Role?.MaxSessionDuration }),
      boundaryArn: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    }),
  );
  return orWhenAbsent(role, 'NoSuchEntity', undefined);
}

async function readAttached(iam: Iam, RoleName: string): Promise<Read<readonly AttachedPolicy[]>> {
  const call = 'ListAttachedRolePolicies';
  const arns = await readPages(
    call,
    (Marker) => iam.listAttachedRolePolicies({ RoleName, ...(Marker && { Marker }) }),
    ({ AttachedPolicies = [], Marker }) => ({
      items: AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn),
      next: Marker,
    }),
  );
  const known = orWhenAbsent(arns, 'NoSuchEntity', []);
  if (!known.answer.ok) return { call, answer: known.answer };
  return joinReads(call, await Promise.all(known.answer.value.map((arn) => readManaged(iam, arn))));
}

async function readManaged(iam: Iam, PolicyArn: string): Promise<Read<AttachedPolicy>> {
  const policy = await iam.getPolicy({ PolicyArn });
  if (!policy.ok) return { call: 'GetPolicy', answer: policy };
  const VersionId = policy.value.Policy?.DefaultVersionId ?? '';
  const [version, holders] = await Promise.all([
    iam.getPolicyVersion({ PolicyArn, VersionId }),
    readHolders(iam, PolicyArn),
  ]);
  if (!holders.answer.ok) return { call: holders.call, answer: holders.answer };
  const { value } = holders.answer;
  return mapRead({ call: 'GetPolicyVersion', answer: version }, ({ PolicyVersion }) => ({
    arn: PolicyArn,
    versionId: VersionId,
    document: decode(PolicyVersion?.Document),
    holders: value,
  }));
}

function readHolders(iam: Iam, PolicyArn: string): Promise<Read<readonly string[]>> {
  return readPages(
    'ListEntitiesForPolicy',
    (Marker) => iam.listEntitiesForPolicy({ PolicyArn, ...(Marker && { Marker }) }),
    ({ PolicyUsers = [], PolicyGroups = [], PolicyRoles = [], Marker }) => ({
      items: [
        ...PolicyUsers.map(({ UserName }) => `user/${UserName}`),
        ...PolicyGroups.map(({ GroupName }) => `group/${GroupName}`),
        ...PolicyRoles.map(({ RoleName }) => `role/${RoleName}`),
      ],
      next: Marker,
    }),
  );
}

async function readInline(iam: Iam, RoleName: string): Promise<Read<readonly InlinePolicy[]>> {
  const call = 'ListRolePolicies';
  const names = await readPages(
    call,
    (Marker) => iam.listRolePolicies({ RoleName, ...(Marker && { Marker }) }),
    ({ PolicyNames = [], Marker }) => ({ items: PolicyNames, next: Marker }),
  );
  const known = orWhenAbsent(names, 'NoSuchEntity', []);
  if (!known.answer.ok) return { call, answer: known.answer };
  const reads = known.answer.value.map(async (PolicyName) => {
    const read = { call: 'GetRolePolicy', answer: await iam.getRolePolicy({ RoleName, PolicyName }) };
    return mapRead(read, ({ PolicyDocument }) => ({ name: PolicyName, document: decode(PolicyDocument) }));
  });
  return joinReads(call, await Promise.all(reads));
}

async function readBoundary(iam: Iam, PolicyArn: string | undefined): Promise<Read<string | undefined>> {
  const nothing = { ok: true, value: undefined, status: undefined, requestId: undefined } as const;
  if (PolicyArn === undefined) return { call: 'GetRole', answer: nothing };
  const policy = await iam.getPolicy({ PolicyArn });
  if (!policy.ok) return { call: 'GetPolicy', answer: policy };
  const answer = await iam.getPolicyVersion({ PolicyArn, VersionId: policy.value.Policy?.DefaultVersionId });
  return mapRead({ call: 'GetPolicyVersion', answer }, ({ PolicyVersion }) => decode(PolicyVersion?.Document));
}

async function readInstanceProfile(
  iam: Iam,
  InstanceProfileName: string | undefined,
): Promise<Read<LiveInstanceProfile | undefined>> {
  const call = 'GetInstanceProfile';
  if (InstanceProfileName === undefined) {
    return { call, answer: { ok: true, value: undefined, status: undefined, requestId: undefined } };
  }
  const read = mapRead(
    { call, answer: await iam.getInstanceProfile({ InstanceProfileName }) },
    ({ InstanceProfile }) => ({
      arn: InstanceProfile?.Arn ?? '',
      roleArns: (InstanceProfile?.Roles ?? []).map(({ Arn = '' }) => Arn),
    }),
  );
  return orWhenAbsent(read, 'NoSuchEntity', undefined);
}

async function readProfilesOfRole(iam: Iam, RoleName: string): Promise<Read<readonly string[]>> {
  const read = await readPages(
    'ListInstanceProfilesForRole',
    (Marker) => iam.listInstanceProfilesForRole({ RoleName, ...(Marker && { Marker }) }),
    ({ InstanceProfiles = [], Marker }) => ({ items: InstanceProfiles.map(({ Arn = '' }) => Arn), next: Marker }),
  );
  return orWhenAbsent(read, 'NoSuchEntity', []);
}
