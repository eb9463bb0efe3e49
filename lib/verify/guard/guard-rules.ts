import { copySourceOf } from './copy-source';
import {
  BACKUPS_PAGE_KEYS,
  ETAG_OF_NO_OBJECT,
  FIRST_BYTE,
  isMissingPolicy,
  MD5_OF_NO_BYTES,
  NO_RIGHTS,
  NOT_A_POLICY,
  NULL_VERSION,
  SHORTEST_SESSION_SECONDS,
} from './harmless';
import type { OwnScope } from './run-scope';

/** The members of a call's input that the guard looks at. */
export interface GuardedInput {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Range?: string | undefined;
  readonly MaxBuckets?: number | undefined;
  readonly Policy?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly Body?: unknown;
  readonly CopySource?: string | undefined;
  readonly Delete?: { readonly Objects: readonly { readonly Key?: string | undefined }[] | undefined } | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Limit?: number | undefined;
  readonly MaxItems?: number | undefined;
  readonly PolicyArn?: string | undefined;
  readonly PolicyDocument?: string | undefined;
  readonly DurationSeconds?: number | undefined;
}

export interface GuardScope extends OwnScope {
  readonly unusedKey?: string;
}

/** Whether a call with this input does no damage, whatever AWS answers. */
export type Rule = (input: GuardedInput, scope: GuardScope) => boolean;

const any =
  (...rules: readonly Rule[]): Rule =>
  (input, scope) =>
    rules.some((rule) => rule(input, scope));

const hasBytes = (body: unknown) => ArrayBuffer.isView(body) && body.byteLength > 0;

const ownBucket: Rule = ({ Bucket }, { bucket }) => Bucket === bucket;
const ownObject: Rule = ({ Bucket, Key }, { bucket, owns }) => Bucket === bucket && Key !== undefined && owns(Key);
const ownObjects: Rule = ({ Bucket, Delete }, { bucket, owns }) =>
  Bucket === bucket && (Delete?.Objects ?? []).every(({ Key }) => Key !== undefined && owns(Key));
const ownPrefix: Rule = ({ Bucket, Prefix }, { bucket, prefix }) =>
  Bucket === bucket && Prefix !== undefined && Prefix.startsWith(prefix);

const unusedKey: Rule = ({ Key }, scope) => Key !== undefined && Key === scope.unusedKey;
const noVersion: Rule = (input, scope) =>
  ownBucket(input, scope) &&
  unusedKey(input, scope) &&
  input.VersionId === NULL_VERSION &&
  input.BypassGovernanceRetention === undefined;
const bodyOfOtherDigest: Rule = (input, scope) =>
  unusedKey(input, scope) && input.ContentMD5 === MD5_OF_NO_BYTES && hasBytes(input.Body);
const oneUnusedKey: Rule = ({ Bucket, Prefix, MaxKeys }, scope) =>
  MaxKeys === 1 && (Bucket !== scope.bucket || (Prefix !== undefined && Prefix === scope.unusedKey));

const fromOwnObject: Rule = ({ CopySource = '' }, { bucket, owns }) => {
  const source = copySourceOf(CopySource);
  return source.bucket === bucket && owns(source.key);
};
const fromUnusedKey: Rule = ({ CopySource = '' }, scope) => copySourceOf(CopySource).key === scope.unusedKey;
const copyWithin: Rule = (input, scope) => ownObject(input, scope) && fromOwnObject(input, scope);
const copyOfNothing: Rule = (input, scope) => ownObject(input, scope) && fromUnusedKey(input, scope);
const copyThatCannotBe: Rule = (input, scope) =>
  unusedKey(input, scope) && input.CopySourceIfMatch === ETAG_OF_NO_OBJECT && fromOwnObject(input, scope);

/** The inputs that each S3 operation of a check may have; an operation without a rule is not there for a check. */
export const S3_RULES = {
  abortMultipartUpload: ownObject,
  completeMultipartUpload: ownObject,
  copyObject: any(copyWithin, copyOfNothing, copyThatCannotBe),
  createMultipartUpload: ownObject,
  deleteObject: any(ownObject, noVersion),
  deleteObjects: ownObjects,
  getBucketLocation: ownBucket,
  getBucketPolicy: ownBucket,
  getBucketVersioning: ownBucket,
  getObject: any(ownObject, unusedKey),
  headObject: ownObject,
  listBuckets: ({ MaxBuckets }) => MaxBuckets === 1,
  listMultipartUploads: ownPrefix,
  listObjectsV2: any(ownPrefix, oneUnusedKey),
  listObjectVersions: ownPrefix,
  listParts: ownObject,
  putBucketPolicy: (input, scope) => ownBucket(input, scope) && input.Policy === NOT_A_POLICY,
  putObject: any(ownObject, bodyOfOtherDigest),
  putObjectAcl: ownObject,
  putObjectTagging: ownObject,
  uploadPart: ownObject,
} as const satisfies Readonly<Record<string, Rule>>;

/** The requests about backups that are allowed: a page of their keys, how one is stored, and its first byte. Never a write. */
export const BACKUP_RULES = {
  getObject: (input, scope) => ownBucket(input, scope) && input.Range === FIRST_BYTE,
  headObject: ownBucket,
  listObjectsV2: (input, scope) =>
    ownBucket(input, scope) && input.Prefix === undefined && input.MaxKeys === BACKUPS_PAGE_KEYS,
} as const satisfies Readonly<Record<string, Rule>>;

/** No body of these is a document, so that where it goes is all there is to look at. */
export const CONFIGURATION_RULES = {
  putBucketEncryption: ownBucket,
  putBucketLifecycleConfiguration: ownBucket,
  putBucketReplication: ownBucket,
  putBucketTagging: ownBucket,
  putBucketVersioning: ownBucket,
  putObjectLockConfiguration: ownBucket,
  putObjectRetention: ownObject,
  putPublicAccessBlock: ownBucket,
} as const satisfies Readonly<Record<string, Rule>>;

const reads: Rule = () => true;
const dryRun: Rule = ({ DryRun }) => DryRun === true;
const notAPolicy: Rule = ({ PolicyDocument }) => PolicyDocument === NOT_A_POLICY;

const noMoreThanOne: Rule = ({ Limit }) => Limit === 0 || Limit === 1;

export const KMS_RULES = {
  createGrant: dryRun,
  decrypt: dryRun,
  encrypt: dryRun,
  generateDataKey: dryRun,
  getKeyPolicy: reads,
  listKeys: noMoreThanOne,
  putKeyPolicy: ({ Policy }) => Policy === NOT_A_POLICY,
} as const satisfies Readonly<Record<string, Rule>>;

export const IAM_RULES = {
  attachRolePolicy: ({ PolicyArn = '' }) => isMissingPolicy(PolicyArn),
  getRole: reads,
  listRoles: ({ MaxItems }) => MaxItems === 0,
  putRolePolicy: notAPolicy,
  updateAssumeRolePolicy: notAPolicy,
} as const satisfies Readonly<Record<string, Rule>>;

export const STS_RULES = {
  assumeRole: ({ Policy, DurationSeconds }) => Policy === NO_RIGHTS && DurationSeconds === SHORTEST_SESSION_SECONDS,
  getCallerIdentity: reads,
} as const satisfies Readonly<Record<string, Rule>>;

/** The requests that may be sent with a wrong signature: reads of no more than one thing, which tell whether signatures are checked. */
export const WRONG_SIGNATURE_RULES = {
  s3: { listObjectsV2: ownPrefix },
  kms: { listKeys: noMoreThanOne },
  sts: { getCallerIdentity: reads },
  iam: { getRole: reads },
  s3Elsewhere: { listBuckets: S3_RULES.listBuckets },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Rule>>>>;
