import type { ControlPlane } from '../../../aws/control-plane';
import { settingsOf } from '../settings/settings';
import type { LiveEnvironment, LiveInstanceProfile, LiveRole } from './live-environment';
import { mapRead, orWhenAbsent, type Read, readPages } from './read';
import { decodeDocument, readAttached, readBoundary, readInline } from './read-policies';

type Iam = ControlPlane['iam'];

interface Names {
  readonly role: string;
  /** Missing where the host brings no profile. */
  readonly instanceProfile: string | undefined;
}

type LiveRoleReads = Omit<LiveEnvironment, 'bucket' | 'keys' | 'certificateHost'>;

/** A role of another account is never asked about: in the own account, its name may be that of another role. */
export function unreadRole(account: string): LiveRoleReads {
  const message = `the role is of account ${account}`;
  const unread = {
    call: 'GetRole',
    answer: { ok: false, code: 'NotAsked', status: undefined, requestId: undefined, message },
  } as const;
  return {
    role: unread,
    attached: unread,
    inline: unread,
    profilesOfRole: unread,
    instanceProfile: unread,
    boundary: unread,
  };
}

/** Reads role, policies and instance profile. */
export async function readLiveRole(iam: Iam, names: Names): Promise<LiveRoleReads> {
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
      trust: decodeDocument(Role?.AssumeRolePolicyDocument),
      settings: settingsOf({ Path: Role?.Path, MaxSessionDuration: Role?.MaxSessionDuration }),
      boundaryArn: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    }),
  );
  return orWhenAbsent(role, 'NoSuchEntity', undefined);
}

/** The instance profile; `undefined` where the host brings none, or where it does not exist. */
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

/** ARNs of every instance profile that holds the role. */
async function readProfilesOfRole(iam: Iam, RoleName: string): Promise<Read<readonly string[]>> {
  const read = await readPages(
    'ListInstanceProfilesForRole',
    (Marker) => iam.listInstanceProfilesForRole({ RoleName, ...(Marker && { Marker }) }),
    ({ InstanceProfiles = [], Marker }) => ({ items: InstanceProfiles.map(({ Arn = '' }) => Arn), next: Marker }),
  );
  return orWhenAbsent(read, 'NoSuchEntity', []);
}
