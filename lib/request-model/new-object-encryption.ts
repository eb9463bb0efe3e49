import { ToolkitError } from '../errors';
import { type BucketFacts, requireBucket, type S3RequestFacts } from './facts';
import { CUSTOMER_KEY_HEADERS, ENCRYPTION_HEADERS } from './headers';

/** How S3 encrypts what a request stores. */
export type NewObjectEncryption =
  | { readonly kind: 'AES256' | 'SSE-C' }
  | {
      /** `aws:kms:dsse` encrypts in two layers and knows no S3 Bucket Keys. */
      readonly kind: 'aws:kms' | 'aws:kms:dsse';
      /** As the header or the bucket names it: key id, key ARN, alias name or alias ARN. */
      readonly keyIdentifier: string;
      readonly isBucketKeyEnabled: boolean;
      /** The caller's addition to the encryption context. */
      readonly callerContext: Readonly<Record<string, string>>;
    };

/** The key that S3 uses when nobody names one. */
const AWS_MANAGED_KEY = 'alias/aws/s3';

/**
 * As the headers say, else as the bucket does by default; a header without a key means the AWS managed key.
 *
 * @throws {ToolkitError} `MissingFact`, `UnsupportedEncryption` for what S3 does not know
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
 */
export function newObjectEncryption(facts: S3RequestFacts): NewObjectEncryption {
  const { defaultEncryption } = requireBucket(facts);
  const { headers } = facts;
  if (CUSTOMER_KEY_HEADERS.some((name) => headers[name] !== undefined)) return { kind: 'SSE-C' };
  const asked = headers[ENCRYPTION_HEADERS.algorithm];
  const algorithm = asked ?? defaultEncryption.algorithm;
  if (algorithm === 'AES256') return { kind: 'AES256' };
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') throw unsupported(algorithm);
  const named = asked === undefined ? defaultEncryption.kmsKey : headers[ENCRYPTION_HEADERS.kmsKey];
  return {
    kind: algorithm,
    keyIdentifier: named === undefined || named === '' ? AWS_MANAGED_KEY : named,
    isBucketKeyEnabled: algorithm === 'aws:kms' && isBucketKeyWanted(facts, defaultEncryption),
    callerContext: parseEncryptionContext(headers[ENCRYPTION_HEADERS.context]) ?? {},
  };
}

/**
 * The encryption context in a header, which is base64 of a JSON object of strings.
 *
 * @returns nothing when the header is not there or is not of that form
 */
export function parseEncryptionContext(header: string | undefined): Readonly<Record<string, string>> | undefined {
  const context = header === undefined ? undefined : tryParseJson(Buffer.from(header, 'base64').toString('utf8'));
  const isFlat =
    typeof context === 'object' &&
    context !== null &&
    Object.values(context).every((value) => typeof value === 'string');
  return isFlat ? (context as Readonly<Record<string, string>>) : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-bucket-key-object.html */
function isBucketKeyWanted({ headers }: S3RequestFacts, { isBucketKeyEnabled }: BucketFacts['defaultEncryption']) {
  const wanted = headers[ENCRYPTION_HEADERS.bucketKey];
  return wanted === undefined ? isBucketKeyEnabled : wanted.toLowerCase() === 'true';
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unsupported(algorithm: string): ToolkitError {
  return new ToolkitError(
    'UnsupportedEncryption',
    `encryption must be AES256, aws:kms or aws:kms:dsse, got: ${algorithm}`,
  );
}
