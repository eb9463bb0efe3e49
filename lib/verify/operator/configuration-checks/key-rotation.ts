import { failed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';
import { createdKeys, judgeKeys } from '../comparison/judge-keys';
import { onlyNamedIn } from '../settings/settings';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const keyRotation: ConfigurationCheck = {
  id: 'key-rotation',
  title: 'The key is rotated as audited',
  controls: ['KMS.4', 'NIST.800-53.r5 SC-12'],
  reads: ['GetKeyRotationStatus'],
  passes: 'Automatic rotation as audited.',
  lookAt: 'Key rotation of the key in KMS: aws kms enable-key-rotation.',
  applies: (comparison) => createdKeys(comparison).length > 0,
  judge: (comparison) =>
    judgeKeys(createdKeys(comparison), comparison, ({ rotation, state }) =>
      whenRead(rotation, (settings, seen) => {
        if (settings === undefined) return failed(seen, 'The key does not exist.');
        const keyState = state.answer.ok ? state.answer.value?.KeyState : undefined;
        // KMS says of a key whose deletion is scheduled that it is not rotated, whatever was set.
        if (keyState === 'PendingDeletion') {
          return { result: 'inconclusive', observed: seen, detail: `A key in the state ${keyState} is not rotated.` };
        }
        const expected = comparison.audited.settings.keyRotation ?? {};
        return judgeSettings(seen, expected, onlyNamedIn(expected, settings));
      }),
    ),
};
