import type { DescribedBucket } from './described';
import type { Found } from './found/found';
import { readValue } from './judgements/judgement';

/** The bucket as it was read, for a rehearsal; `undefined` where there is none. */
export function describeBucket({ bucket, lifecycleArguments, objects }: Found): DescribedBucket | undefined {
  if (!bucket.region.answer.ok) return undefined;
  const policy = readValue(bucket.policy);
  const versioning = readValue(bucket.versioning)?.Status;
  const objectOwnership = readValue(bucket.ownership)?.ObjectOwnership;
  const lifecycle = readValue(lifecycleArguments) as { rule?: DescribedBucket['lifecycleRules'] } | undefined;
  return {
    ...(policy !== undefined && { policy }),
    ...(versioning !== undefined && { versioning }),
    ...(objectOwnership !== undefined && { objectOwnership }),
    tags: { ...readValue(bucket.tags) },
    lifecycleRules: lifecycle?.rule ?? [],
    objects: readValue(objects) ?? [],
  };
}
