import { visible } from '../../visible';
import { describeLocked, wayToRemove } from '../result/locked-versions';
import type { Cleaning } from './clean-leftovers';

/** The result of cleaning, for a person. Ends with a line feed. */
export function renderCleaningText({ bucket, removed, locked, leftovers, tooYoung, notProbes }: Cleaning): string {
  const lines = [
    `Leftovers of earlier verifications removed from ${bucket}: ${removed.length}.`,
    ...(tooYoung > 0 ? [`Kept, younger than --older-than and perhaps of a run under way: ${tooYoung}.`] : []),
    ...(notProbes > 0 ? [`Kept, below the prefix of the probes but not a probe: ${notProbes}.`] : []),
    ...(locked ? [describeLocked(locked)] : []),
    ...(leftovers.length > 0 ? [`Not removed: ${leftovers.length}. An operator removes each with:`] : []),
    ...leftovers.map(({ reason, ...rest }) => `  ${wayToRemove(rest)}\n    ${visible(reason)}`),
  ];
  return `${lines.join('\n')}\n`;
}
