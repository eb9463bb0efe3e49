import type { BackupEnvironment } from '../../backup-environment/schema';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

const KMS_DENIAL = { refusal: 'AccessDeniedException', meansAllowed: ['DryRunOperationException'] } as const;

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html */
export const directKeyUse: NegativeCheck = {
  id: 'direct-key-use',
  title: 'The key cannot be used except through S3',
  kind: 'negative',
  asks: ['KMS'],
  controls: ['KMS.1', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  does: 'Asks KMS itself, as a dry run, for a data key, an encryption and a decryption, with the encryption context that S3 sends.',
  harmless: 'A dry run only tells whether the call would be allowed; KMS makes, encrypts and decrypts nothing.',
  passes: 'AccessDeniedException to each.',
  lookAt: 'The condition kms:ViaService in the role’s policy and in the key policy.',
  run: async ({ kms, config, unused }) => {
    const KeyId = config.aws.keyArn;
    if (KeyId === undefined) {
      return { result: 'inconclusive', observed: [], detail: 'The config names no key whose use could be tried.' };
    }
    const use = { KeyId, EncryptionContext: encryptionContext(config, unused.Key), DryRun: true };
    const [generated, encrypted, decrypted] = await Promise.all([
      kms.generateDataKey({ ...use, KeySpec: 'AES_256' }),
      kms.encrypt({ ...use, Plaintext: Buffer.from('vault-env verify') }),
      kms.decrypt({ ...use, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
    ]);
    return judgeDenials([
      { call: 'GenerateDataKey', ...KMS_DENIAL, answer: generated },
      { call: 'Encrypt', ...KMS_DENIAL, answer: encrypted },
      { call: 'Decrypt', ...KMS_DENIAL, answer: decrypted },
    ]);
  },
};

/**
 * The encryption context that S3 sends: anybody can send it, so the context must not be what keeps the role out.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
function encryptionContext({ aws }: BackupEnvironment, key: string): Record<string, string> {
  return { 'aws:s3:arn': aws.bucketKey ? aws.bucketArn : `${aws.bucketArn}/${key}` };
}
