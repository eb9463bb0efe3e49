import type { KeyAccess } from '../rule-kit/key-access';
import type { Arguments } from '../stack/arguments';
import type { Place } from '../stack/place';
import type { PlannedChange, StackDocument } from '../stack/stack-document';
import { attachmentLosses } from './attachment-losses';
import { LIFECYCLE_TYPE } from './comparisons';
import { decryptLosses } from './decrypt-losses';
import type { Loss } from './loss';
import { type Change, lossesOf } from './losses-between';
import { placeLosses } from './place-losses';

/** A plan, and who could read under the keys before it, and may after it. */
export interface Planned extends Pick<StackDocument, 'changes' | 'resources' | 'standing'> {
  readonly before: KeyAccess;
  readonly after: KeyAccess;
}

/** Everything that a plan takes away from what exists. */
export function planLosses(
  { changes, resources, standing = [], before, after }: Planned,
  place: Partial<Place>,
): readonly Loss[] {
  const newBuckets = changes.filter(({ type, before }) => type === 'aws_s3_bucket' && before === undefined);
  const isOfNewBucket = ({ address, type, before, after }: PlannedChange) => {
    if (type !== LIFECYCLE_TYPE || before !== undefined) return false;
    const named = resources.find((one) => one.address === address)?.arguments.bucket;
    return newBuckets.some(
      (bucket) => bucket.after?.bucket === after?.bucket || String(named).startsWith(`\${${bucket.address}.`),
    );
  };
  return [
    ...placeLosses(standing, place),
    ...changes.filter((one) => !isOfNewBucket(one)).flatMap((one) => lossesOf(toChange(one), place)),
    ...attachmentLosses(changes),
    ...decryptLosses(before, after),
  ];
}

function toChange({ address, type, actions, before, after }: PlannedChange): Change {
  const holding = (settings: Arguments) => ({ address, type, settings });
  const isGone = actions.some((one) => one === 'delete' || one === 'forget');
  return {
    ...(before && { before: holding(before) }),
    ...(after && { after: holding(after) }),
    ...(isGone && { goes: `the plan would ${actions.join(' and ')} it` }),
  };
}
