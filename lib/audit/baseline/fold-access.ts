import type { AccessChange } from '../report/audit-report';
import { listing } from '../rule-kit/outcome';
import type { WaiverEntry } from '../waivers/waiver';

const MOST_NAMES = 8;

/** Changes of access that have one cause, and are one finding. */
export interface AccessFold {
  /** The word of the only change, or a pattern that fits all of them. */
  readonly name: string;
  readonly detail: string;
  readonly changes: readonly AccessChange[];
}

/** Puts together what somebody accepted with one entry, and of the rest what differs by caller or by action only. */
export function foldAccess(
  changes: readonly AccessChange[],
  entryOf: (name: string) => WaiverEntry | undefined,
): readonly AccessFold[] {
  const byEntry = grouped(changes, ({ id }) => entryOf(id)?.target);
  return byEntry.flatMap((group) => {
    const entry = entryOf(group[0].id);
    if (entry === undefined) return byCause(group);
    return [{ name: group.length === 1 ? group[0].id : entry.target, detail: detailOf(group), changes: group }];
  });
}

function byCause(changes: readonly AccessChange[]): readonly AccessFold[] {
  const named = causesOf(changes).map((group) => ({ name: nameOf(group), group }));
  return grouped(named, ({ name }) => name).map((same) => {
    const all = same.flatMap(({ group }) => group) as unknown as Group<AccessChange>;
    const places = new Set(all.map(placeOf));
    return {
      name: `${same[0].name} ${places.size === 1 ? placeOf(all[0]) : '*'}`,
      detail: detailOf(all),
      changes: all,
    };
  });
}

/** First the actions of one caller on the same resources, then the callers of the same actions. */
function causesOf(changes: readonly AccessChange[]): readonly Group<AccessChange>[] {
  const ofCallers = grouped(changes, ({ caller, resources, example }) => [caller, resources, example]);
  const alike = grouped(ofCallers, (group) => {
    const { resources, example } = group[0];
    return [group.map(({ action }) => action), resources, example];
  });
  return alike.map((groups) => groups.flat() as unknown as Group<AccessChange>);
}

function nameOf(changes: Group<AccessChange>): string {
  const only = (values: readonly string[]) => (new Set(values).size === 1 ? values[0] : undefined);
  const caller = only(changes.map((one) => one.caller)) ?? '*';
  const service = only(changes.map(({ action }) => action.slice(0, action.indexOf(':'))));
  const action = only(changes.map((one) => one.action)) ?? (service === undefined ? '*' : `${service}:*`);
  return `${caller}/${action}`;
}

/** The end of an id: resources, and circumstances where some matter. */
function placeOf({ id, caller, action }: AccessChange): string {
  return id.slice(`${caller}/${action} `.length);
}

function detailOf(changes: readonly AccessChange[]): string {
  const sentences = causesOf(changes).map((group) => {
    const { resources, example } = group[0];
    const callers = listing(
      group.map(({ caller }) => caller),
      MOST_NAMES,
    );
    const actions = listing(
      group.map(({ action }) => action),
      MOST_NAMES,
    );
    return `${callers} can now do ${actions} on ${resources.join(', ')}${example && ` with ${example}`}`;
  });
  return sentences.join('; ');
}

type Group<One> = readonly [One, ...(readonly One[])];

function grouped<One>(all: readonly One[], keyOf: (one: One) => unknown): readonly Group<One>[] {
  const groups = new Map<string, [One, ...One[]]>();
  for (const one of all) {
    const key = JSON.stringify(keyOf(one)) ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
