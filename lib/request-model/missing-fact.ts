import { ToolkitError } from '../errors';
import type { BucketFacts, S3RequestFacts } from './facts';

/** A fact without which the questions cannot be known. */
export function missingFact(operation: string, fact: keyof S3RequestFacts, why: string): ToolkitError {
  return new ToolkitError('MissingFact', `'${operation}' ${why}, got: none\nAdd '${fact}' to the request's facts`);
}

/** @throws {ToolkitError} `MissingFact` */
export function requireBucket({ operation, bucket }: S3RequestFacts): BucketFacts {
  if (bucket === undefined) throw missingFact(operation, 'bucket', 'is for a bucket');
  return bucket;
}

/** @throws {ToolkitError} `MissingFact` */
export function requireKey({ operation, key }: S3RequestFacts): string {
  if (key === undefined) throw missingFact(operation, 'key', 'is for an object');
  return key;
}
