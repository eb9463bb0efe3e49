import type { ControlPlane } from '../../../aws/control-plane';
import type { LiveInstanceProfile } from './live-environment';
import { mapRead, orWhenAbsent, type Read, readPages } from './read';

type Iam = ControlPlane['iam'];

/** The instance profile; `undefined` where the host brings none, or where it does not exist. */
export async function readInstanceProfile(
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
export async function readProfilesOfRole(iam: Iam, RoleName: string): Promise<Read<readonly string[]>> {
  const read = await readPages(
    'ListInstanceProfilesForRole',
    (Marker) => iam.listInstanceProfilesForRole({ RoleName, ...(Marker && { Marker }) }),
    ({ InstanceProfiles = [], Marker }) => ({ items: InstanceProfiles.map(({ Arn = '' }) => Arn), next: Marker }),
  );
  return orWhenAbsent(read, 'NoSuchEntity', []);
}
