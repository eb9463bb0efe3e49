import { decryptOnBehalf, generateDataKeyOnBehalf } from '../../kms/on-behalf';
import { invalidArgument } from '../errors';
import { bucketArn, objectArn, type S3Request } from '../request';
import type { Encryption } from '../state';
import { childText, type XmlElement } from '../xml';

type Context = Readonly<Record<string, string>>;

const bucketKeyHeader = 'x-amz-server-side-encryption-bucket-key-enabled';
const contextHeader = 'x-amz-server-side-encryption-context';

/** The key that S3 uses when nobody names one. */
const awsManagedKey = 'alias/aws/s3';

/**
 * Asks KMS for a data key for the object of the request.
 *
 * The bucket key follows the header, else the bucket; it decides what the encryption context binds the data key to.
 *
 * @throws {AwsError} what KMS answers the caller
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function encryptUnderKms(
  request: S3Request,
  wanted: { readonly keyId: string | undefined; readonly rule: XmlElement | undefined },
): Encryption {
  const isBucketKeyEnabled = isBucketKeyWanted(request, wanted.rule);
  const context = {
    ...callerContext(request.headers[contextHeader]),
    'aws:s3:arn': isBucketKeyEnabled ? bucketArn(request) : objectArn(request),
  };
  const keyId = wanted.keyId === undefined || wanted.keyId === '' ? awsManagedKey : wanted.keyId;
  const { keyArn } = generateDataKeyOnBehalf(request.call, keyId, context);
  return { kind: 'aws:kms', keyArn, isBucketKeyEnabled, context };
}

/** Asks KMS to decrypt for the caller, if the object is under a KMS key. @throws {AwsError} what KMS answers */
export function requireDecrypt(request: S3Request, encryption: Encryption): void {
  if (encryption.kind === 'aws:kms') decryptOnBehalf(request.call, encryption.keyArn, encryption.context);
}

function isBucketKeyWanted(request: S3Request, rule: XmlElement | undefined): boolean {
  const wanted = request.headers[bucketKeyHeader] ?? childText(rule, 'BucketKeyEnabled') ?? 'false';
  if (!/^(true|false)$/i.test(wanted)) {
    throw invalidArgument('The bucket key header must be true or false', bucketKeyHeader, wanted);
  }
  return wanted.toLowerCase() === 'true';
}

/** The context that the caller adds, as base64 of a JSON object. */
function callerContext(header: string | undefined): Context {
  if (header === undefined) return {};
  const context = parseJson(Buffer.from(header, 'base64').toString('utf8'));
  const isFlat =
    typeof context === 'object' &&
    context !== null &&
    Object.values(context).every((value) => typeof value === 'string');
  if (!isFlat) throw invalidArgument('The header is not base64 encoded JSON of strings', contextHeader, header);
  return context as Context;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
