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
    ...configuredOnly(plan)
      .filter(isMissing)
      .map(({ address }) => `${address} is in the configuration only`),
  ];
}

/** Resources of the root module that are there once; one with a count may be there no time. */
function configuredOnly({ configuration }: Arguments): readonly Arguments[] {
  return asList(asObject(asObject(configuration).root_module).resources)
    .map(asObject)
    .filter(
      ({ count_expression: count, for_each_expression: forEach }) => count === undefined && forEach === undefined,
    );
}
