import { ToolkitError } from '../../errors';
import { type Policy, parsePolicy } from '../../iam';
import { valueAt } from '../stack/argument';
import type { Place } from '../stack/place';
import type { Arguments, PlannedChange, StackDocument } from '../stack/stack-document';
import { LIFECYCLE_TYPE } from './comparisons';
import { decryptLosses } from './decrypt-losses';
import type { Loss } from './loss';
import { type Change, lossesOf } from './losses-between';
import { placeLosses } from './place-losses';

type Planned = Pick<StackDocument, 'changes' | 'standing'>;

/** Everything that a plan takes away from what exists. */
export function planLosses({ changes, standing = [] }: Planned, place: Partial<Place>): readonly Loss[] {
  const newBuckets = changes.filter(({ type, before }) => type === 'aws_s3_bucket' && before === undefined);
  const isOfNewBucket = ({ type, before, after }: PlannedChange) =>
    type === LIFECYCLE_TYPE &&
    before === undefined &&
    newBuckets.some((bucket) => bucket.after?.bucket === after?.bucket);
  return [
    ...placeLosses(standing, place),
    ...changes.filter((one) => !isOfNewBucket(one)).flatMap((one) => lossesOf(toChange(one), place)),
    ...decryptLosses(identityPolicies(changes)),
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

const IDENTITY_TYPES: ReadonlySet<string> = new Set(['aws_iam_policy', 'aws_iam_role_policy']);

function identityPolicies(changes: readonly PlannedChange[]) {
  const own = changes.filter(({ type }) => IDENTITY_TYPES.has(type));
  const read = (settings: Arguments | undefined, address: string) =>
    settings === undefined ? [] : [policyIn(settings, address)];
  const after = own.flatMap((one) => read(one.after, one.address));
  const isRead = (policy: Policy | undefined): policy is Policy => policy !== undefined;
  return {
    before: own.flatMap((one) => read(one.before, one.address)).filter(isRead),
    after: after.filter(isRead),
    isComplete: after.every(isRead),
  };
}

/** `undefined` when it cannot be read; other rules say why. */
function policyIn(settings: Arguments, address: string): Policy | undefined {
  const text = valueAt(settings, 'policy');
  if (text.state !== 'known') return undefined;
  try {
    return parsePolicy(
      String(text.value).replaceAll('$${', () => '${'),
      address,
      { kind: 'identity' },
    );
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
