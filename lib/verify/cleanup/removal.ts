import { isStillKept } from '../check-kit/object-lock';
import type { DefaultRetention } from '../result/locked-versions';
import type { Leftover } from '../result/verification';
import type { Remains } from './list-remains';
import { type LeftBucket, removalCommand } from './removal-command';
import type { Reason } from './remove-remains';

interface Removing extends LeftBucket {
  readonly now: () => Date;
  /** Default retention of the bucket, where it has one. */
  readonly lock?: DefaultRetention;
}

type Left = Omit<Remains, 'madeAt'> & {
  readonly madeAt?: Date | undefined;
  readonly refusal?: Reason | undefined;
};

/** The command that removes what is left, or none while Object Lock keeps it. */
export function removalOf(removing: Removing, { madeAt, refusal, ...one }: Left): Pick<Leftover, 'command'> {
  const isKept = isStillKept({ ...one, refusal, ...(madeAt && { madeAt }) }, removing);
  return isKept ? {} : { command: removalCommand(removing, one) };
}
