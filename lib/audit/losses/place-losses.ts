import { describeMove, insteadOf, movesBetween } from '../stack/moves';
import type { Place } from '../stack/place';
import type { Whereabouts } from '../stack/plan/whereabouts';
import type { Loss } from './loss';

const AT = 'provider.aws';

/** The losses of a change of account or region. */
export function placeLosses(standing: readonly Whereabouts[], wanted: Partial<Place>): readonly Loss[] {
  return movesBetween(standing, wanted).map((move) => {
    const { part, was, is, seen } = move;
    return {
      address: AT,
      what: `another-${part}`,
      detail: [describeMove(move), ...insteadOf(move)].join('; '),
      isCertain: true,
      evidence: [
        ...seen.map((one) => ({ at: `${one.address}: ${part} before`, value: one[part] ?? was })),
        { at: `${AT}: ${part} after`, value: is },
      ],
    };
  });
}
