import type { CatalogueAction } from '../../catalogue';
import type { Statement } from '../../iam';
import type { Sample } from './samples';
import type { StatementInPlay } from './statements-in-play';

/** The questions that one statement decided. */
export interface Reach {
  readonly actions: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
}

/** Where each statement had a say, gathered while questions are put. */
export interface Footprint {
  /** Notes what has a say about these actions, which are alike, on a resource. */
  readonly add: (actions: readonly CatalogueAction[], sample: Sample, inPlay: readonly StatementInPlay[]) => void;
  readonly reachOf: (policy: string, statement: string) => Reach;
}

/** Lists of actions stay as they were added: most are added again and again, for one resource after the other. */
interface Trace {
  readonly actions: Set<readonly CatalogueAction[]>;
  readonly resources: Set<string>;
}

export function createFootprint(): Footprint {
  const traces = new Map<string, Trace>();
  const traceOf = createTraces(traces);
  return {
    add: (actions, sample, inPlay) => {
      for (const one of inPlay) {
        if (one.statement === undefined) continue;
        const trace = traceOf(one, one.statement);
        trace.actions.add(actions);
        trace.resources.add(sample.arn);
      }
    },
    reachOf: (policy, statement) => {
      const { actions, resources } = traces.get(keyOf(policy, statement)) ?? newTrace();
      return { actions: new Set([...actions].flatMap((alike) => alike.map(({ name }) => name))), resources };
    },
  };
}

/** The trace of a statement by its name, since it may stand in several places. */
function createTraces(byName: Map<string, Trace>) {
  const known = new Map<StatementInPlay, Trace>();
  return (inPlay: StatementInPlay, { id }: Statement): Trace => {
    const found = known.get(inPlay);
    if (found !== undefined) return found;
    const key = keyOf(inPlay.policy, id);
    const trace = byName.get(key) ?? newTrace();
    byName.set(key, trace);
    known.set(inPlay, trace);
    return trace;
  };
}

function newTrace(): Trace {
  return { actions: new Set(), resources: new Set() };
}

function keyOf(policy: string, statement: string): string {
  return `${policy} ${statement}`;
}
