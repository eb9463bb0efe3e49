import { type EncryptionContext, viaS3Context } from '../../request-model';
import type { Call } from '../service/service';
import { AwsError } from '../wire/http/aws-error';
import { authorizeKeyUse, keyOfCiphertext } from './access/key-use';
import { ensureAwsManagedKey } from './keys/aws-managed-key';
import { parseKmsArn } from './request/key-arn';
import { findKey } from './request/key-identifier';

/**
 * S3's question to KMS before it stores an object under SSE-KMS: may *this caller* have a data key?
 *
 * @param keyIdentifier key id, key ARN, alias name or alias ARN; `alias/aws/s3` comes into being on first use
 * @returns the ARN of the key that was used
 * @throws {AwsError} as S3 answers: `AccessDenied` (403), `KMS.NotFoundException`, `KMS.DisabledException`,
 *   `KMS.KMSInvalidStateException` (400), `InvalidArgument` (400) for an anonymous caller
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function generateDataKeyOnBehalf(
  call: Call,
  keyIdentifier: string,
  encryptionContext: EncryptionContext,
): { readonly keyArn: string } {
  return asS3(call, () => {
    ensureAwsManagedKey(call.account, keyIdentifier);
    const reference = findKey(call.account, keyIdentifier);
    const use = { action: 'kms:GenerateDataKey', encryptionContext, context: viaS3Context(call.account) };
    return { keyArn: authorizeKeyUse(call, reference, use).arn };
  });
}

/**
 * S3's question to KMS before it reads an object under SSE-KMS: may *this caller* decrypt its data key?
 *
 * @param keyArn ARN of the key that the object was stored under
 * @throws {AwsError} as {@link generateDataKeyOnBehalf}; a key that is gone is `AccessDenied`
 */
export function decryptOnBehalf(call: Call, keyArn: string, encryptionContext: EncryptionContext): void {
  asS3(call, () => {
    const keyId = parseKmsArn(keyArn)?.resource.replace(/^key\//, '') ?? keyArn;
    const reference = keyOfCiphertext(call, keyId);
    authorizeKeyUse(call, reference, { action: 'kms:Decrypt', encryptionContext, context: viaS3Context(call.account) });
  });
}

function asS3<T>(call: Call, ask: () => T): T {
  if (call.caller.principal.kind === 'anonymous') {
    throw new AwsError(
      400,
      'InvalidArgument',
      'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    );
  }
  try {
    return ask();
  } catch (error) {
    throw error instanceof AwsError ? asS3Error(error) : error;
  }
}

function asS3Error(error: AwsError): AwsError {
  return error.code === 'AccessDeniedException'
    ? new AwsError(403, 'AccessDenied', error.message)
    : new AwsError(error.status, `KMS.${error.code}`, error.message);
}
