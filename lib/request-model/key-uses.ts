import { type EncryptionContext, s3EncryptionContext } from './encryption-context';
import type { S3RequestFacts, StoredEncryption } from './facts';
import { KEY_RULES, type KeyRule } from './key-rules';
import { missingFact, requireBucket } from './missing-fact';
import { newObjectEncryption } from './new-object-encryption';
import { type Target, targetsAt } from './target';

/** One use that S3 makes of a key for the caller. */
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
