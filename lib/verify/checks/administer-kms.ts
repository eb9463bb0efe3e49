import type { NegativeCheck, Probe } from '../check-kit/check';
import { type Attempt, judgeDenials } from '../check-kit/denial';
import { NOT_A_POLICY } from '../guard/harmless';

const KMS_DENIAL = { refusal: 'AccessDeniedException', meansAllowed: ['MalformedPolicyDocumentException'] } as const;
const PolicyName = 'default';

export const administerKms: NegativeCheck = {
  id: 'administer-kms',
  title: 'Keys cannot be administered',
  kind: 'negative',
  asks: ['KMS'],
  controls: ['KMS.1', 'NIST.800-53.r5 AC-6'],
  does: 'Reads the policy of the key and sends text that is no JSON as the new one; without a key, lists keys.',
  harmless: 'Reading changes nothing, and KMS refuses that text with MalformedPolicyDocumentException.',
  passes: 'AccessDeniedException to each.',
  lookAt: 'The role’s policies and the key policy: only kms:GenerateDataKey and kms:Decrypt, through S3.',
  run: async (probe) => {
    const { keyArn } = probe.config.aws;
    return judgeDenials(keyArn === undefined ? await listKeys(probe) : await administer(probe, keyArn));
  },
};

async function listKeys({ kms }: Probe): Promise<readonly Attempt[]> {
  return [{ call: 'ListKeys', ...KMS_DENIAL, answer: await kms.listKeys({ Limit: 1 }) }];
}

async function administer({ kms }: Probe, KeyId: string): Promise<readonly Attempt[]> {
  const [read, written] = await Promise.all([
    kms.getKeyPolicy({ KeyId, PolicyName }),
    kms.putKeyPolicy({ KeyId, PolicyName, Policy: NOT_A_POLICY }),
  ]);
  return [
    { call: 'GetKeyPolicy', ...KMS_DENIAL, answer: read },
    { call: 'PutKeyPolicy', ...KMS_DENIAL, answer: written },
  ];
}
