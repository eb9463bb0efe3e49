import type { Arguments } from '../arguments';
import { asList, asObject } from './configurations';
import { resourcesBelow } from './whereabouts';

/** Resources that one part of a plan names, and its changes do not: every resource is among them, also what stays as it is. */
export function onlySomewhere(plan: Arguments): readonly string[] {
  const changed = new Set(asList(plan.resource_changes).map((one) => String(asObject(one).address)));
  const isMissing = ({ mode, address }: Arguments) => mode === 'managed' && !changed.has(String(address));
  const valuesOf = (values: unknown) => resourcesBelow(asObject(asObject(values).root_module)).filter(isMissing);
  return [
    ...valuesOf(plan.planned_values).map(({ address }) => `${address} is in planned_values only`),
    ...valuesOf(asObject(plan.prior_state).values).map(({ address }) => `${address} is in prior_state only`),
    ...configuredOnly(plan, new Set([...changed].map(withoutIndexes))).map(
      ({ address }) => `${address} is in the configuration only`,
    ),
  ];
}

/** Resources that are there for certain; what has a count that is not known may be there no time. */
function configuredOnly({ configuration }: Arguments, changed: ReadonlySet<string>): readonly Arguments[] {
  return certainIn(asObject(asObject(configuration).root_module), '').filter(
    ({ mode, address }) => mode === 'managed' && !changed.has(String(address)),
  );
}

function certainIn({ resources, module_calls: calls }: Arguments, prefix: string): readonly Arguments[] {
  const own = asList(resources).map(asObject).filter(isCertain);
  const called = Object.entries(asObject(calls)).map(([name, call]) => [name, asObject(call)] as const);
  return [
    ...own.map((one) => ({ ...one, address: `${prefix}${one.address}` })),
    ...called
      .filter(([, call]) => isCertain(call))
      .flatMap(([name, { module }]) => certainIn(asObject(module), `${prefix}module.${name}.`)),
  ];
}

function isCertain({ count_expression: count, for_each_expression: forEach }: Arguments): boolean {
  return forEach === undefined && (count === undefined || Number(asObject(count).constant_value) > 0);
}

/** The address that the configuration has for every instance. */
function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}
