import type { DescribedBucket, DescribedObject } from '../adoption/described';
import { nameOf } from '../arn';
import type { Environment } from '../config/environment';
import {
  type AccountState,
  importBucketConfiguration,
  importInstanceRole,
  importKey,
  importObject,
} from '../simulated-aws';
import { lifecycleRule } from './lifecycle-rule';

/** An object that was put there before the stack was deployed over it. */
export interface EarlierObject {
  readonly key: string;
  readonly versionId: string;
  /** Its encryption, and its bytes. */
  readonly content: string;
}

export interface PreparedBucket {
  readonly objects: readonly EarlierObject[];
  /** A sentence each. */
  readonly assumed: readonly string[];
}

/** Builds the bucket that was described, with its objects; what is in them is made up. */
export function prepareDescribed(
  state: AccountState,
  { bucket, account, region, partition }: Environment,
  described: DescribedBucket,
): PreparedBucket {
  const { policy, versioning, objectOwnership, tags, lifecycleRules } = described;
  importBucketConfiguration(state, bucket, {
    ...((versioning === 'Enabled' || versioning === 'Suspended') && { versioning }),
    documents: {
      ...(objectOwnership !== undefined && { OwnershipControls: { Rule: { ObjectOwnership: objectOwnership } } }),
      ...(lifecycleRules.length > 0 && { LifecycleConfiguration: { Rule: lifecycleRules.map(lifecycleRule) } }),
    },
  });
  const made = state.s3.buckets.get(bucket);
  if (made !== undefined) made.tags = new Map(Object.entries(tags));
  if (policy !== undefined) {
    for (const arn of policy.match(new RegExp(`arn:${partition}:iam::${account}:role/[\\w+=,.@/-]+`, 'g')) ?? [])
      if (!state.iam.roles.has(nameOf(arn))) importInstanceRole(state, arn);
    importBucketConfiguration(state, bucket, { policy });
  }
  const kept = described.objects.filter(({ method }) => method !== 'SSE-C');
  for (const { keyArn } of kept) makeKey(state, keyArn, `:${region}:${account}:key/`);
  return {
    objects: kept.map((one) => earlierObject(state, bucket, one)),
    assumed: [
      `the bucket was built as it was described, with ${kept.length} objects whose bytes are made up`,
      ...(kept.length < described.objects.length
        ? ['objects under keys of whoever wrote them (SSE-C) are left out']
        : []),
    ],
  };
}

function makeKey(state: AccountState, keyArn: string | undefined, own: string): void {
  if (keyArn === undefined || !keyArn.includes(own)) return;
  const keyId = keyArn.slice(keyArn.indexOf('/') + 1);
  if (!state.kms.keys.has(keyId)) importKey(state, { keyId });
}

function earlierObject(state: AccountState, bucket: string, one: DescribedObject): EarlierObject {
  const { key, method, keyArn, bucketKey } = one;
  const kind = method === 'aws:kms:dsse' ? 'aws:kms:dsse' : 'aws:kms';
  const encryption =
    keyArn === undefined
      ? ({ kind: 'AES256' } as const)
      : { kind, keyArn, isBucketKeyEnabled: bucketKey, callerContext: {} };
  const body = Buffer.from(`backup ${key}`);
  const { versionId } = importObject(state, bucket, { key, body, encryption } as Parameters<typeof importObject>[2]);
  return { key, versionId, content: contentOf(encryption, body) };
}

/** The objects that are not what they were. */
export function changedObjects(
  state: AccountState,
  bucket: string,
  objects: readonly EarlierObject[],
): readonly string[] {
  const { versions } = state.s3.buckets.get(bucket)?.objects ?? {};
  return objects
    .filter(({ key, versionId, content }) => {
      const [current] = versions?.get(key) ?? [];
      if (current?.kind !== 'object' || current.versionId !== versionId) return true;
      return contentOf(current.encryption, Buffer.concat([current.body].flat())) !== content;
    })
    .map(({ key }) => key);
}

function contentOf(encryption: object, body: Buffer): string {
  return `${JSON.stringify(encryption)} ${body.toString('base64')}`;
}
