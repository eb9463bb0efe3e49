import { type EncryptionContext, s3EncryptionContext } from './encryption-context';
import { missingFact, requireBucket, type S3RequestFacts, type StoredEncryption } from './facts';
import { newObjectEncryption } from './new-object-encryption';
import type { Step } from './question';
import { lists, says, type When } from './rule';
import { type Target, targetsAt } from './target';

/** A request that S3 makes to KMS for the caller. */
export interface KeyRule {
  readonly step: Extract<Step, 'source-key' | 'object-key' | 'upload-key' | 'new-object-key'>;
  readonly action: 'kms:GenerateDataKey' | 'kms:Decrypt';
  /** @default - always asked */
  readonly when?: When;
}

const GENERATES: KeyRule = { step: 'new-object-key', action: 'kms:GenerateDataKey' };
const READS_OBJECT: KeyRule = { step: 'object-key', action: 'kms:Decrypt' };
const READS_SOURCE: KeyRule = { step: 'source-key', action: 'kms:Decrypt' };

/** Parts are encrypted under the data key that was made when the upload was, and are read again to make them one. */
const READS_UPLOAD: KeyRule = { step: 'upload-key', action: 'kms:Decrypt' };

/**
 * The requests to KMS of each operation, made only where the encryption in question is SSE-KMS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
const KEY_RULES: Readonly<Record<string, readonly KeyRule[]>> = {
  PutObject: [GENERATES],
  CopyObject: [READS_SOURCE, GENERATES],
  CreateMultipartUpload: [GENERATES],
  UploadPart: [READS_UPLOAD],
  UploadPartCopy: [READS_SOURCE, READS_UPLOAD],
  CompleteMultipartUpload: [READS_UPLOAD],
  ListParts: [READS_UPLOAD],
  GetObject: [READS_OBJECT],
  HeadObject: [{ ...READS_OBJECT, when: says('x-amz-checksum-mode', 'ENABLED') }],
  GetObjectAttributes: [{ ...READS_OBJECT, when: lists('x-amz-object-attributes', 'Checksum') }],
};

/** A use that S3 makes of a key for the caller. */
export interface KeyUse {
  readonly step: KeyRule['step'];
  readonly action: KeyRule['action'];
  /** Key ARN, or what the header or the bucket names: key id, alias name, alias ARN. */
  readonly keyIdentifier: string;
  readonly encryptionContext: EncryptionContext;
  /** The region whose S3 asks. */
  readonly region: string;
}

type KmsEncryption = Parameters<typeof s3EncryptionContext>[0] & { readonly keyIdentifier: string };

/** The uses that an operation makes of keys: none where nothing is encrypted under KMS. */
export function keyUsesOf(facts: S3RequestFacts): readonly KeyUse[] {
  const rules = KEY_RULES[facts.operation] ?? [];
  return rules.flatMap((rule) => usesBy(rule, facts));
}

/** The uses at one step. @throws {ToolkitError} `MissingFact`, `UnsupportedEncryption` */
export function keyUsesAt(step: KeyRule['step'], facts: S3RequestFacts): readonly KeyUse[] {
  const rules = KEY_RULES[facts.operation] ?? [];
  return rules.filter((rule) => rule.step === step).flatMap((rule) => usesBy(rule, facts));
}

function usesBy({ step, action, when }: KeyRule, facts: S3RequestFacts): readonly KeyUse[] {
  return targetsAt(step === 'source-key' ? 'source' : 'object', facts)
    .filter((target) => when?.(facts, target) ?? true)
    .flatMap((target) => {
      const encryption = step === 'new-object-key' ? newEncryption(facts) : storedEncryption(step, facts, target);
      if (encryption === undefined) return [];
      const encryptionContext = s3EncryptionContext(encryption, target, facts.partition);
      const { region } = target.bucket ?? requireBucket(facts);
      return [{ step, action, keyIdentifier: encryption.keyIdentifier, encryptionContext, region }];
    });
}

function newEncryption(facts: S3RequestFacts): KmsEncryption | undefined {
  const encryption = newObjectEncryption(facts);
  return 'keyIdentifier' in encryption ? encryption : undefined;
}

function storedEncryption(step: KeyRule['step'], facts: S3RequestFacts, target: Target): KmsEncryption | undefined {
  const encryption = step === 'upload-key' ? uploadEncryption(facts) : objectEncryption(step, facts, target);
  return encryption && 'keyArn' in encryption ? { ...encryption, keyIdentifier: encryption.keyArn } : undefined;
}

function uploadEncryption({ operation, upload }: S3RequestFacts): StoredEncryption {
  if (upload === undefined) throw missingFact(operation, 'upload', 'goes on with a multipart upload');
  return upload.encryption;
}

function objectEncryption(
  step: KeyRule['step'],
  { operation }: S3RequestFacts,
  { object }: Target,
): StoredEncryption | undefined {
  if (object === undefined) {
    throw missingFact(
      operation,
      step === 'source-key' ? 'source' : 'object',
      "reads an object ('missing' if there is none)",
    );
  }
  return object === 'missing' ? undefined : object.encryption;
}
