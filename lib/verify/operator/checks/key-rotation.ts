import { failed } from '../../outcome';
import type { OperatorCheck } from '../check';
import { judgeSettings, whenRead } from '../judge';
import { onlyNamedIn } from '../settings';

export const keyRotation: OperatorCheck = {
  id: 'key-rotation',
  title: 'The key is rotated as audited',
  controls: ['KMS.4', 'SC-12'],
  reads: ['GetKeyRotationStatus'],
  passes: 'Automatic rotation as audited.',
  lookAt: 'Key rotation of the key in KMS: aws kms enable-key-rotation.',
  applies: ({ audited }) => audited.settings.keyRotation !== undefined,
  judge: ({ audited: { settings }, live }) => {
    if (live.key === undefined) return { result: 'inconclusive', observed: [], detail: 'The key was not read.' };
    const expected = settings.keyRotation ?? {};
    return whenRead(live.key.rotation, (rotation, seen) =>
      rotation === undefined
        ? failed(seen, 'The key does not exist.')
        : judgeSettings(seen, expected, onlyNamedIn(expected, rotation)),
    );
  },
};
