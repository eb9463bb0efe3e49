import type { QuestionDrift } from './compare-answers';
import type { PermissionDrift } from './drift';

/** Puts together what differs in the same way: first the actions on one kind of resource, then the resources of the same actions. */
export function groupDrifts(drifts: readonly QuestionDrift[]): readonly PermissionDrift[] {
  const perResource = grouped(drifts.map(toDrift), ({ on, ...rest }) => [on, likeness(rest)]).map((group) => ({
    ...group[0],
    actions: unique(group.flatMap(({ actions }) => actions)),
  }));
  return grouped(perResource, (drift) => [drift.actions, likeness(drift)]).map((group) => ({
    ...group[0],
    on: unique(group.flatMap(({ on }) => on)),
  }));
}

function toDrift({ caller, action, sample, ...drift }: QuestionDrift): PermissionDrift {
  return { ...drift, caller, actions: [action], on: [placeOf(sample)], example: sample.arn };
}

function placeOf({ shape, isForeign }: QuestionDrift['sample']): string {
  if (isForeign) return 'resources of another account';
  return shape === 'anything else' ? 'other resources' : shape;
}

function likeness({
  kind,
  caller,
  when,
  whenLost,
  by,
}: Pick<PermissionDrift, 'kind' | 'caller' | 'when' | 'whenLost' | 'by'>): unknown {
  return [kind, caller, when, whenLost, by];
}

type Group = readonly [PermissionDrift, ...(readonly PermissionDrift[])];

function grouped(drifts: readonly PermissionDrift[], keyOf: (drift: PermissionDrift) => unknown): readonly Group[] {
  const groups = new Map<string, [PermissionDrift, ...PermissionDrift[]]>();
  for (const drift of drifts) {
    const key = JSON.stringify(keyOf(drift));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [drift]);
    else group.push(drift);
  }
  return [...groups.values()];
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
