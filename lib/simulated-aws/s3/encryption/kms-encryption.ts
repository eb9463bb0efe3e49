import { type KeyUse, keyUsesAt, type NewObjectEncryption } from '../../../request-model';
import { decryptOnBehalf, generateDataKeyOnBehalf } from '../../kms/on-behalf';
import type { Encryption } from '../../state/services/s3-state';
import type { S3Request } from '../request/request';
import { factsOf } from '../request/request-facts';

type KmsEncryption = Extract<NewObjectEncryption, { readonly keyIdentifier: string }>;

/**
 * Asks KMS for a data key for the object of the request.
 *
 * @throws {AwsError} what KMS answers the caller
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function encryptUnderKms(
  request: S3Request,
  { kind, isBucketKeyEnabled, callerContext }: KmsEncryption,
): Encryption {
  const [use] = keyUsesAt('new-object-key', factsOf(request));
  if (use === undefined) throw new Error(`${request.operation} makes no data key`);
  const { keyArn } = generateDataKeyOnBehalf(request.call, use.keyIdentifier, use.encryptionContext);
  return { kind, keyArn, isBucketKeyEnabled, callerContext };
}

/** Asks KMS to decrypt for the caller, where the request reads what is under a KMS key. @throws {AwsError} what KMS answers */
export function requireDecrypt(request: S3Request, step: KeyUse['step']): void {
  for (const { keyIdentifier, encryptionContext } of keyUsesAt(step, factsOf(request))) {
    decryptOnBehalf(request.call, keyIdentifier, encryptionContext);
  }
}
