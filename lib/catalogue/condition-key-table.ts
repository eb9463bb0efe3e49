import type { CatalogueConditionKey } from './catalogue';
import { loadConditionKeys, loadServices } from './load-catalogue';

/** Condition key -> its type, as `lib/iam/condition-keys` states them. */
export type ConditionKeyTypes = Readonly<Record<string, string>>;

/** The global condition keys. */
export async function loadGlobalConditionKeyTypes(): Promise<ConditionKeyTypes> {
  return toTypes((await loadServices([])).globalConditionKeys);
}

/**
 * The condition keys of one service without the global ones; numbered keys (`…:PCR0`, `…:PCR1`, ...) are one, with `*`.
 *
 * @throws {ToolkitError} `UnknownService`, for a prefix that AWS does not have
 */
export async function loadConditionKeyTypes(service: string): Promise<ConditionKeyTypes> {
  const globalKeys = Object.keys(await loadGlobalConditionKeyTypes()).map((name) => name.toLowerCase());
  const keys = await loadConditionKeys(service);
  return toTypes(keys.filter(({ name }) => !globalKeys.includes(name.toLowerCase())));
}

function toTypes(keys: readonly CatalogueConditionKey[]): ConditionKeyTypes {
  return Object.fromEntries(keys.map(({ name, type }) => [name.replace(/PCR\d+$/, 'PCR*'), type]));
}
