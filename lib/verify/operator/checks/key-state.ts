import { failed } from '../../outcome';
import type { Comparison, OperatorCheck } from '../check';
import { judgeSettings, whenRead } from '../judge';
import { onlyNamedIn } from '../settings';

export const keyState: OperatorCheck = {
  id: 'key-state',
  title: 'The key is there, is the account’s own, and is enabled',
  controls: ['KMS.3', 'NIST.800-53.r5 SC-12'],
  reads: ['DescribeKey'],
  passes: 'An enabled symmetric key of the ARN in the config that the customer manages; its deletion is not scheduled.',
  lookAt: 'The key in KMS: aws kms enable-key, or aws kms cancel-key-deletion before the date is over.',
  applies: hasKey,
  judge: ({ config, live }) => {
    if (live.key === undefined) return { result: 'inconclusive', observed: [], detail: 'The key was not read.' };
    return whenRead(live.key.state, (state, seen) => {
      if (state === undefined) return failed(seen, `The key ${config.aws.keyArn} does not exist.`);
      const expected = {
        Arn: config.aws.keyArn ?? '',
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
      };
      return judgeSettings(seen, expected, onlyNamedIn({ ...expected, DeletionDate: '' }, state));
    });
  },
};

export function hasKey({ config }: Pick<Comparison, 'config'>): boolean {
  return config.aws.keyArn !== undefined;
}
