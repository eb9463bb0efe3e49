import type { ControlPlane } from '../../../aws/control-plane';
import { settingsOf } from '../settings/settings';
import type { LiveGrant, LiveKey } from './live-environment';
import { mapRead, orWhenAbsent, type Read, readPages } from './read';

type Kms = ControlPlane['kms'];

/** KMS's code for a key that does not exist. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
const ABSENT = 'NotFoundException';

/** Reads state, policy, rotation and grants of the key. */
export async function readLiveKey(kms: Kms, KeyId: string): Promise<LiveKey> {
  const [state, policy, rotation, grants] = await Promise.all([
    kms.describeKey({ KeyId }),
    kms.getKeyPolicy({ KeyId, PolicyName: 'default' }),
    kms.getKeyRotationStatus({ KeyId }),
    readGrants(kms, KeyId),
  ]);
  return {
    arn: KeyId,
    state: orWhenAbsent(
      mapRead({ call: 'DescribeKey', answer: state }, ({ KeyMetadata: key }) =>
        settingsOf({
          Arn: key?.Arn,
          KeyState: key?.KeyState,
          KeySpec: key?.KeySpec,
          KeyUsage: key?.KeyUsage,
          KeyManager: key?.KeyManager,
          DeletionDate: key?.DeletionDate?.toISOString(),
        }),
      ),
      ABSENT,
      undefined,
    ),
    policy: orWhenAbsent(
      mapRead({ call: 'GetKeyPolicy', answer: policy }, ({ Policy }) => Policy),
      ABSENT,
      undefined,
    ),
    rotation: orWhenAbsent(
      mapRead({ call: 'GetKeyRotationStatus', answer: rotation }, ({ KeyRotationEnabled, RotationPeriodInDays }) =>
        settingsOf({ KeyRotationEnabled: KeyRotationEnabled ?? false, RotationPeriodInDays }),
      ),
      ABSENT,
      undefined,
    ),
    grants: orWhenAbsent(grants, ABSENT, []),
  };
}

function readGrants(kms: Kms, KeyId: string): Promise<Read<readonly LiveGrant[]>> {
  return readPages(
    'ListGrants',
    (Marker) => kms.listGrants({ KeyId, ...(Marker && { Marker }) }),
    ({ Grants = [], NextMarker }) => ({
      items: Grants.map(({ GranteePrincipal = '', Operations = [] }) => ({
        grantee: GranteePrincipal,
        operations: Operations,
      })),
      next: NextMarker,
    }),
  );
}
