import type { ControlPlane } from '../../../aws/control-plane';
import { settingsOf } from '../settings';
import { decodeDocument } from './iam-document';
import type { LiveEnvironment, LiveRole } from './live-environment';
import { mapRead, orWhenAbsent, type Read } from './read';
import { readInstanceProfile, readProfilesOfRole } from './read-instance-profiles';
import { readAttached, readBoundary, readInline } from './read-policies';

type Iam = ControlPlane['iam'];

interface Names {
  readonly role: string;
  /** Missing where the host brings no profile. */
  readonly instanceProfile: string | undefined;
}

/** Reads role, policies and instance profile. */
export async function readLiveRole(iam: Iam, names: Names): Promise<Omit<LiveEnvironment, 'bucket' | 'keys'>> {
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
