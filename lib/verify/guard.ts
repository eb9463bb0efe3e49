import type { Answer } from '../aws/answer';
import type { S3Calls } from '../aws/s3-calls';
import type { Journal } from './journal';
import type { RunScope } from './run-scope';

/** Not JSON, so S3 cannot take it for a policy: it answers `MalformedPolicy` to whoever may write one. */
export const MALFORMED_POLICY = 'vault-env verify: not a policy';

/** No object has this ETag, so a write that asks for it changes nothing. */
const ETAG_OF_NO_OBJECT = '"vault-env-verify-no-object"';

interface S3Input {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Policy?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly VersioningConfiguration?: object | undefined;
}

type Rule = (input: S3Input, scope: RunScope) => boolean;

const ownObject: Rule = ({ Bucket, Key }, { bucket, runPrefix }) =>
  Bucket === bucket && Key !== undefined && Key.startsWith(runPrefix) && Key.length > runPrefix.length;
const ownPrefix: Rule = ({ Bucket, Prefix }, { bucket, runPrefix }) => Bucket === bucket && Prefix === runPrefix;
const oneKeyElsewhere: Rule = ({ Bucket, MaxKeys }, { bucket }) => Bucket !== bucket && MaxKeys === 1;
const ownBucket: Rule = ({ Bucket }, { bucket }) => Bucket === bucket;
const refusedPolicy: Rule = ({ Policy }) => Policy === MALFORMED_POLICY;
/** The version `null` is the one of a time without versioning; under a key that nobody uses there is none. */
const noVersion: Rule = ({ Bucket, Key, VersionId }, { bucket, unusedKey }) =>
  Bucket === bucket && Key === unusedKey && VersionId === 'null';
const noObjectElsewhere: Rule = ({ Bucket, Key }, { bucket, unusedKey }) => Bucket !== bucket && Key === unusedKey;
const noWriteElsewhere: Rule = (input, scope) => noObjectElsewhere(input, scope) && input.IfMatch === ETAG_OF_NO_OBJECT;
/** Versioning stays on, or the document says nothing and cannot be applied. */
const keepsVersioning: Rule = ({ VersioningConfiguration = {} }) =>
  Object.entries(VersioningConfiguration).every(([name, value]) => name === 'Status' && value === 'Enabled');

/** What each S3 operation may be asked for. The type demands a rule for every one. */
const RULES: Readonly<Record<keyof S3Calls, Rule>> = {
  abortMultipartUpload: ownObject,
  completeMultipartUpload: ownObject,
  createMultipartUpload: ownObject,
  deleteObject: (input, scope) => ownObject(input, scope) || noVersion(input, scope),
  getBucketLocation: ownBucket,
  getBucketPolicy: ownBucket,
  getBucketVersioning: ownBucket,
  getObject: (input, scope) => ownObject(input, scope) || noObjectElsewhere(input, scope),
  headObject: ownObject,
  listMultipartUploads: ownPrefix,
  listObjectsV2: (input, scope) => ownPrefix(input, scope) || oneKeyElsewhere(input, scope),
  listObjectVersions: ownPrefix,
  listParts: ownObject,
  putBucketPolicy: (input, scope) => ownBucket(input, scope) && refusedPolicy(input, scope),
  putBucketVersioning: (input, scope) => ownBucket(input, scope) && keepsVersioning(input, scope),
  putObject: (input, scope) => ownObject(input, scope) || noWriteElsewhere(input, scope),
  putObjectAcl: ownObject,
  uploadPart: ownObject,
};

export interface GuardOptions {
  readonly scope: RunScope;
  /** Stops the calls. */
  readonly signal?: AbortSignal;
  /** Takes note of what is written. */
  readonly journal: Journal;
}

/**
 * The same S3 calls, held to what this run may touch; a call outside it throws before anything is sent.
 *
 * Each call to the own bucket names its owner, so that S3 refuses it where a bucket of that name is another account's.
 * The other bucket goes without: a refusal because of its owner would look like one because of the role.
 *
 * Such a call is a bug of a check, so the error is a plain `Error`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export function guardS3(calls: S3Calls, { scope, signal, journal }: GuardOptions): S3Calls {
  const guarded = (Object.keys(RULES) as (keyof S3Calls)[]).map((name) => {
    const send = calls[name] as (input: S3Input, signal?: AbortSignal) => Promise<Answer<unknown>>;
    const call = async (input: S3Input) => {
      if (!RULES[name](input, scope)) throw new Error(outside(name, input, scope));
      const noteAnswer = ownObject(input, scope) ? journal.open(name, input) : undefined;
      const answer = await send(withOwner(input, scope), signal);
      noteAnswer?.(answer);
      return answer;
    };
    return [name, call];
  });
  return Object.fromEntries(guarded) as S3Calls;
}

function withOwner(input: S3Input, { bucket, account }: RunScope): S3Input {
  return input.Bucket === bucket ? ({ ...input, ExpectedBucketOwner: account } as S3Input) : input;
}

function outside(name: string, { Bucket, Key, Prefix }: S3Input, { bucket, runPrefix }: RunScope): string {
  const target = [Bucket, Key ?? Prefix].filter((part) => part !== undefined).join('/');
  return `'${name}' must stay below '${bucket}/${runPrefix}', got: ${target}`;
}
