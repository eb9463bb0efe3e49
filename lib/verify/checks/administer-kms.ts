import type { NegativeCheck, Probe } from '../check';
import { type Attempt, judgeDenials } from '../denial';

const KMS_DENIAL = { refusal: 'AccessDeniedException', meansAllowed: ['MalformedPolicyDocumentException'] } as const;
const PolicyName = 'default';
const MALFORMED_KEY_POLICY = 'vault-env verify: not a policy';

export const administerKms: NegativeCheck = {
  id: 'administer-kms',
  title: 'Keys cannot be administered',
  kind: 'negative',
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
  return [
    { call: 'GetKeyPolicy', ...KMS_DENIAL, answer: await kms.getKeyPolicy({ KeyId, PolicyName }) },
    {
      call: 'PutKeyPolicy',
      ...KMS_DENIAL,
      answer: await kms.putKeyPolicy({ KeyId, PolicyName, Policy: MALFORMED_KEY_POLICY }),
    },
  ];
}
