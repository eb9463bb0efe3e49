import { accountOf } from '../arn';
import { ToolkitError } from '../errors';
import {
  type BucketFacts,
  missingFact,
  type ObjectState,
  type PassedRole,
  requireBucket,
  requireKey,
  type S3RequestFacts,
} from './facts';
import { type CopySourceReference, parseCopySource } from './headers';

/**
 * The subject of a question: nothing of anyone's, a bucket, an object, one version of it; an access point; or a role that
 * is passed on.
 */
export interface Target {
  readonly bucket?: BucketFacts;
  readonly key?: string;
  readonly versionId?: string;
  /** Only of an entry of a batch; any other request says it in its header. */
  readonly etag?: string;
  readonly object?: ObjectState;
  readonly accessPoint?: NonNullable<S3RequestFacts['accessPoint']>;
  readonly role?: PassedRole;
}

/** Where a rule looks for what it is about. */
export type TargetPlace =
  | 'every-bucket'
  | 'access-point'
  | 'bucket'
  | 'object'
  | 'source'
  | 'source-bucket'
  | 'batch-entry'
  | 'passed-role';

const READERS: Readonly<Record<TargetPlace, (facts: S3RequestFacts) => readonly Target[]>> = {
  'every-bucket': () => [{}],
  'access-point': (facts) => [{ accessPoint: requireAccessPoint(facts) }],
  bucket: (facts) => [{ bucket: requireBucket(facts) }],
  object: (facts) => [objectOf(facts)],
  source: (facts) => [sourceOf(facts)],
  'source-bucket': (facts) => [{ bucket: requireSource(facts).bucket }],
  'batch-entry': (facts) => entriesOf(facts),
  'passed-role': ({ document: { replicationRole: role } = {} }) => (role === undefined ? [] : [{ role }]),
};

/** @throws {ToolkitError} `MissingFact`, `BadCopySource` */
export function targetsAt(place: TargetPlace, facts: S3RequestFacts): readonly Target[] {
  return READERS[place](facts);
}

/** `arn:<partition>:s3:::<bucket>`, with the key behind it; `*` stands for the bucket where there is none. */
export function arnOf({ accessPoint, bucket, key, role }: Target, partition: string): string {
  const named = role ?? accessPoint;
  if (named !== undefined) return named.arn;
  // Actions on no bucket are asked for every bucket: policies write it as `*` or as `arn:aws:s3:::*`.
  const bucketArn = `arn:${partition}:s3:::${bucket?.name ?? '*'}`;
  return key === undefined ? bucketArn : `${bucketArn}/${key}`;
}

/** The account that it is in; absent for what is nobody's. */
export function ownerOf({ accessPoint, bucket, role }: Target): string | undefined {
  const named = role ?? accessPoint;
  return named === undefined ? bucket?.account : accountOf(named.arn);
}

function requireAccessPoint({ operation, accessPoint }: S3RequestFacts): NonNullable<S3RequestFacts['accessPoint']> {
  if (accessPoint === undefined) throw missingFact(operation, 'accessPoint', 'is for an access point');
  return accessPoint;
}

function objectOf(facts: S3RequestFacts): Target {
  const { versionId } = facts.query;
  return {
    bucket: requireBucket(facts),
    key: requireKey(facts),
    ...(versionId === undefined ? {} : { versionId }),
    ...(facts.object === undefined ? {} : { object: facts.object }),
  };
}

function sourceOf(facts: S3RequestFacts): Target {
  const { bucket, object } = requireSource(facts);
  const { key, versionId } = readReference(facts, bucket.name);
  return {
    bucket,
    key,
    ...(versionId === undefined ? {} : { versionId }),
    ...(object === undefined ? {} : { object }),
  };
}

function requireSource({ operation, source }: S3RequestFacts): NonNullable<S3RequestFacts['source']> {
  if (source === undefined) throw missingFact(operation, 'source', 'copies from a source');
  return source;
}

function readReference({ headers }: S3RequestFacts, bucketName: string): CopySourceReference {
  const header = headers['x-amz-copy-source'];
  const reference = parseCopySource(header);
  if (reference?.bucketName !== bucketName) {
    const rule = `must name a key of the source bucket '${bucketName}', as bucket/key`;
    throw new ToolkitError('BadCopySource', `'x-amz-copy-source' ${rule}, got: ${header ?? 'no such header'}`);
  }
  return reference;
}

function entriesOf(facts: S3RequestFacts): readonly Target[] {
  const bucket = requireBucket(facts);
  if (facts.objects === undefined) throw missingFact(facts.operation, 'objects', 'deletes what its body names');
  return facts.objects.map((entry) => ({ bucket, ...entry }));
}
