import type { Sample } from './samples';
import type { StatementInPlay } from './statements-in-play';

/** What one statement had a say about. */
export interface Reach {
  readonly actions: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
}

/** Where each statement had a say, gathered while questions are put. */
export interface Footprint {
  /** Notes a question about each of these actions, which are alike. */
  readonly add: (actions: readonly string[], sample: Sample, inPlay: readonly StatementInPlay[]) => void;
  readonly reachOf: (policy: string, statement: string) => Reach;
  /** How many questions there were. */
  readonly asked: () => number;
}

const NOWHERE: Reach = { actions: new Set(), resources: new Set() };

export function createFootprint(): Footprint {
  const reaches = new Map<string, { readonly actions: Set<string>; readonly resources: Set<string> }>();
  const keyOf = (policy: string, statement: string) => `${policy} ${statement}`;
  let asked = 0;
  return {
    add: (actions, sample, inPlay) => {
      asked += actions.length;
      for (const { policy, statement } of inPlay) {
        if (statement === undefined) continue;
        const key = keyOf(policy, statement.id);
        const reach = reaches.get(key) ?? { actions: new Set(), resources: new Set() };
        for (const action of actions) reach.actions.add(action);
        reach.resources.add(sample.arn);
        reaches.set(key, reach);
      }
    },
    reachOf: (policy, statement) => reaches.get(keyOf(policy, statement)) ?? NOWHERE,
    asked: () => asked,
  };
}
