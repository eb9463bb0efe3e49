import { type KmsKey, keyState } from '../../state/services/kms-state';
import { parseKmsArn } from '../request/key-arn';
import { epochSeconds } from '../request/operation';

/**
 * The `KeyMetadata` of an answer.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
export function keyMetadata(key: KmsKey): Readonly<Record<string, unknown>> {
  return {
    AWSAccountId: parseKmsArn(key.arn)?.accountId,
    Arn: key.arn,
    CreationDate: epochSeconds(key.createdAt),
    CurrentKeyMaterialId: key.material.id,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    Description: key.description,
    Enabled: keyState(key) === 'Enabled',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    KeyId: key.keyId,
    KeyManager: key.manager,
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyState: keyState(key),
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegion: false,
    Origin: 'AWS_KMS',
    ...(key.deletionDate === undefined ? {} : { DeletionDate: epochSeconds(key.deletionDate) }),
  };
}
