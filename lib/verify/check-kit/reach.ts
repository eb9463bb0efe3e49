import { MD5_OF_NO_BYTES } from '../guard/harmless';
import type { CanaryTarget } from '../guard/run-scope';
import { canaryBody } from './canary-body';
import type { Probe } from './check';
import type { Attempt } from './denial';

/** A place that must be out of reach, and how to call it in a report. */
export interface OutOfReach extends CanaryTarget {
  readonly place: string;
  /** Prefix to list; everything when it is left out. */
  readonly prefix?: string;
}

/**
 * Lists one key there, reads an object that is not there, and puts one whose body is not what its digest says.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export async function tryToReach({ s3, runId }: Probe, { place, prefix, Bucket, Key }: OutOfReach) {
  const [listed, read, written] = await Promise.all([
    s3.listObjectsV2({ Bucket, MaxKeys: 1, ...(prefix !== undefined && { Prefix: prefix }) }),
    s3.getObject({ Bucket, Key }),
    s3.putObject({ Bucket, Key, Body: canaryBody(runId), ContentMD5: MD5_OF_NO_BYTES }),
  ]);
  const denial = { refusal: 'AccessDenied', meansAllowed: ['NoSuchKey', 'BadDigest'] } as const;
  return [
    { call: `ListObjectsV2 of ${place}`, ...denial, answer: listed },
    { call: `GetObject in ${place}`, ...denial, action: 's3:GetObject', answer: read },
    { call: `PutObject in ${place}`, ...denial, action: 's3:PutObject', answer: written },
  ] satisfies readonly Attempt[];
}
