import { failed } from '../../check-kit/outcome';
import type { Comparison, ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';
import { auditedKeys, judgeKeys } from '../comparison/judge-keys';
import { onlyNamedIn } from '../settings/settings';

export const keyState: ConfigurationCheck = {
  id: 'key-state',
  title: 'Each key is there, is the account’s own, and is enabled',
  controls: ['KMS.3', 'NIST.800-53.r5 SC-12'],
  reads: ['DescribeKey'],
  passes: 'An enabled symmetric key of the ARN in the config that the customer manages; its deletion is not scheduled.',
  lookAt: 'The key in KMS: aws kms enable-key, or aws kms cancel-key-deletion before the date is over.',
  applies: hasKey,
  judge: (comparison) =>
    judgeKeys(auditedKeys(comparison), comparison, ({ arn, state: read }) =>
      whenRead(read, (state, seen) => {
        if (state === undefined) return failed(seen, `The key ${arn} does not exist.`);
        const expected = {
          Arn: arn,
          KeyManager: 'CUSTOMER',
          KeySpec: 'SYMMETRIC_DEFAULT',
          KeyState: 'Enabled',
          KeyUsage: 'ENCRYPT_DECRYPT',
        };
        return judgeSettings(seen, expected, onlyNamedIn({ ...expected, DeletionDate: '' }, state));
      }),
    ),
};

export function hasKey(comparison: Pick<Comparison, 'audited'>): boolean {
  return auditedKeys(comparison).length > 0;
}
