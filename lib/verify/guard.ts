import type { Answer } from '../aws/answer';
import type { S3Calls } from '../aws/s3-calls';
import type { Journal } from './journal';
import type { RunScope } from './run-scope';

/** Not JSON, so S3 cannot take it for a policy: it answers `MalformedPolicy` to whoever may write one. */
export const MALFORMED_POLICY = 'vault-env verify: not a policy';

interface S3Input {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Policy?: string | undefined;
  readonly UploadId?: string | undefined;
}

type Rule = (input: S3Input, scope: RunScope) => boolean;

const ownObject: Rule = ({ Bucket, Key }, { bucket, runPrefix }) =>
  Bucket === bucket && Key !== undefined && Key.startsWith(runPrefix) && Key.length > runPrefix.length;
const ownPrefix: Rule = ({ Bucket, Prefix }, { bucket, runPrefix }) => Bucket === bucket && Prefix === runPrefix;
const oneKeyElsewhere: Rule = ({ Bucket, MaxKeys }, { bucket }) => Bucket !== bucket && MaxKeys === 1;
const ownBucket: Rule = ({ Bucket }, { bucket }) => Bucket === bucket;
const refusedPolicy: Rule = ({ Policy }) => Policy === MALFORMED_POLICY;

/** What each S3 operation may be asked for. The type demands a rule for every one. */
const RULES: Readonly<Record<keyof S3Calls, Rule>> = {
  abortMultipartUpload: ownObject,
  completeMultipartUpload: ownObject,
  createMultipartUpload: ownObject,
  deleteObject: ownObject,
  getBucketLocation: ownBucket,
  getBucketPolicy: ownBucket,
  getBucketVersioning: ownBucket,
  getObject: ownObject,
  headObject: ownObject,
  listMultipartUploads: ownPrefix,
  listObjectsV2: (input, scope) => ownPrefix(input, scope) || oneKeyElsewhere(input, scope),
  listObjectVersions: ownPrefix,
  listParts: ownObject,
  putBucketPolicy: (input, scope) => ownBucket(input, scope) && refusedPolicy(input, scope),
  putObject: ownObject,
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
 * Such a call is a bug of a check, so the error is a plain `Error`.
 */
export function guardS3(calls: S3Calls, { scope, signal, journal }: GuardOptions): S3Calls {
  const guarded = (Object.keys(RULES) as (keyof S3Calls)[]).map((name) => {
    const send = calls[name] as (input: S3Input, signal?: AbortSignal) => Promise<Answer<unknown>>;
    const call = async (input: S3Input) => {
      if (!RULES[name](input, scope)) throw new Error(outside(name, input, scope));
      const noteAnswer = journal.open(name, input);
      const answer = await send(input, signal);
      noteAnswer(answer);
      return answer;
    };
    return [name, call];
  });
  return Object.fromEntries(guarded) as S3Calls;
}

function outside(name: string, { Bucket, Key, Prefix }: S3Input, { bucket, runPrefix }: RunScope): string {
  const target = [Bucket, Key ?? Prefix].filter((part) => part !== undefined).join('/');
  return `'${name}' must stay below '${bucket}/${runPrefix}', got: ${target}`;
}
