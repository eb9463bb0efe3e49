import type { Arguments } from '../arguments';

/** Resources and data sources of a plan by their addresses, with what it knows of each. */
export type Planned = ReadonlyMap<string, Arguments>;

/** Whether a resource is made with `count` or `for_each`. */
export function hasInstances(planned: Planned, address: string): boolean {
  return instancesOf(planned, address).length > 0;
}

/** The instance of a resource with `count` or `for_each`, where there is one alone: otherwise it is not clear which is meant. */
export function onlyInstance(planned: Planned, address: string): string | undefined {
  const instances = instancesOf(planned, address);
  return instances.length === 1 ? instances[0] : undefined;
}

/** Whether a call of a module makes or asks for anything. */
export function holdsSomething(planned: Planned, prefix: string): boolean {
  return [...planned.keys()].some((address) => address.startsWith(`${prefix}.`));
}

function instancesOf(planned: Planned, address: string): readonly string[] {
  return [...planned.keys()].filter((one) => one.startsWith(`${address}[`));
}
