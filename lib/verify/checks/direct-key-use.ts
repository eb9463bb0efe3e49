import type { NegativeCheck } from '../check';
import { judgeDenials } from '../denial';

const KMS_DENIAL = { refusal: 'AccessDeniedException', meansAllowed: ['DryRunOperationException'] } as const;

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html */
export const directKeyUse: NegativeCheck = {
  id: 'direct-key-use',
  title: 'The key cannot be used except through S3',
  kind: 'negative',
  controls: ['KMS.1', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  does: 'Asks KMS itself, as a dry run, for a data key, an encryption and a decryption.',
  harmless: 'A dry run only tells whether the call would be allowed; KMS makes, encrypts and decrypts nothing.',
  passes: 'AccessDeniedException to each.',
  lookAt: 'The condition kms:ViaService in the role’s policy and in the key policy.',
  run: async ({ kms, config }) => {
    const KeyId = config.aws.keyArn;
    if (KeyId === undefined) {
      return { result: 'inconclusive', observed: [], detail: 'The config names no key whose use could be tried.' };
    }
    const [generated, encrypted, decrypted] = await Promise.all([
      kms.generateDataKey({ KeyId, KeySpec: 'AES_256', DryRun: true }),
      kms.encrypt({ KeyId, Plaintext: Buffer.from('vault-env verify'), DryRun: true }),
      kms.decrypt({ KeyId, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
    ]);
    return judgeDenials([
      { call: 'GenerateDataKey', ...KMS_DENIAL, answer: generated },
      { call: 'Encrypt', ...KMS_DENIAL, answer: encrypted },
      { call: 'Decrypt', ...KMS_DENIAL, answer: decrypted },
    ]);
  },
};
