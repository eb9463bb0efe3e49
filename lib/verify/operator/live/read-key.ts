import type { ControlPlane } from '../../../aws/control-plane';
import { settingsOf } from '../settings';
import type { LiveKey } from './live-environment';
import { mapRead, orWhenAbsent } from './read';

type Kms = ControlPlane['kms'];

/** KMS's code for a key that does not exist. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
const ABSENT = 'NotFoundException';

/** Reads state, policy and rotation of the key. */
export async function readLiveKey(kms: Kms, KeyId: string): Promise<LiveKey> {
  const [state, policy, rotation] = await Promise.all([
    kms.describeKey({ KeyId }),
    kms.getKeyPolicy({ KeyId, PolicyName: 'default' }),
    kms.getKeyRotationStatus({ KeyId }),
  ]);
  return {
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
  };
}
