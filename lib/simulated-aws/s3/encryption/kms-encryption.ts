import {
  ENCRYPTION_HEADERS,
  type KeyUse,
  keyUsesAt,
  type NewObjectEncryption,
  parseEncryptionContext,
} from '../../../request-model';
import { decryptOnBehalf, generateDataKeyOnBehalf } from '../../kms/on-behalf';
import type { Encryption } from '../../state/services/stored-object';
import { notImplemented } from '../../wire/http/aws-error';
import { factsOf } from '../request/access';
import { invalidArgument } from '../request/errors';
import type { S3Request } from '../request/request';

const { context: contextHeader, bucketKey: bucketKeyHeader } = ENCRYPTION_HEADERS;

type KmsEncryption = Extract<NewObjectEncryption, { readonly keyIdentifier: string }>;

/** @throws {AwsError} `InvalidArgument`, `NotImplemented` */
export function requireKmsHeaders({ headers }: S3Request, kind: string): void {
  const bucketKey = headers[bucketKeyHeader];
  // S3 Bucket Keys are not for DSSE-KMS; what S3 answers to one that asks for both is not documented.
  if (kind === 'aws:kms:dsse' && bucketKey?.toLowerCase() === 'true') {
    throw notImplemented(`header '${bucketKeyHeader}' with encryption 'aws:kms:dsse'`);
  }
  if (bucketKey !== undefined && !/^(true|false)$/i.test(bucketKey)) {
    throw invalidArgument('The bucket key header must be true or false', bucketKeyHeader, bucketKey);
  }
  const context = headers[contextHeader];
  if (context !== undefined && parseEncryptionContext(context) === undefined) {
    throw invalidArgument('The header is not base64 encoded JSON of strings', contextHeader, context);
  }
}

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
