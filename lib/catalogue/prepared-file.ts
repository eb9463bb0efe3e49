import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueAction, CatalogueConditionKey, Summary } from './catalogue';
import { decodeActions, encodeActions } from './prepared-actions';
import { summaryOf } from './summary';

/** Where actions and keys come from: the package of the reference, or what was prepared from it. */
export interface CatalogueData {
  readonly globalConditionKeys: readonly CatalogueConditionKey[];
  /** Actions of any service when prepared, else of the services that were read. */
  readonly actionsOf: (service: string) => readonly CatalogueAction[];
  readonly summaryOf: (service: string) => Summary;
}

/** Made by `npm run catalogue`; the package itself takes some thirty times as long to read. */
export const PREPARED_FILE = join(__dirname, 'prepared.jsonl');

/** All of it, with the prefixes of every service. */
interface PreparedData extends CatalogueData {
  readonly services: readonly string[];
}

interface Head {
  readonly version: string;
  readonly services: readonly string[];
  /** One for each service. */
  readonly summaries: readonly Summary[];
  readonly globalConditionKeys: readonly CatalogueConditionKey[];
}

/** The text of a prepared file: a head, then a line for each service, so that a change of one shows as such. */
export function printPrepared(
  { services, ...rest }: Omit<Head, 'summaries'>,
  actionsOf: CatalogueData['actionsOf'],
): string {
  const summaries = services.map((service) => summaryOf(actionsOf(service)));
  const head = { ...rest, services, summaries };
  const lines = [head, ...services.map((service) => encodeActions(service, actionsOf(service)))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The content of a file; `undefined` when it is missing, cut off or made from another version of the package. */
export function tryReadPrepared(file: string, version: string): PreparedData | undefined {
  const text = tryReadText(file);
  const [first = '', ...lines] = text.trimEnd().split('\n');
  if (!first.startsWith(`{"version":${JSON.stringify(version)},`)) return undefined;
  const { services, summaries, globalConditionKeys } = JSON.parse(first) as Head;
  if (lines.length !== services.length || summaries?.length !== services.length || !text.endsWith('\n'))
    return undefined;
  return {
    services,
    globalConditionKeys,
    actionsOf: decodeOnce(new Map(services.map((service, at) => [service, lines[at] ?? '']))),
    summaryOf: (service) => summaries[services.indexOf(service)] ?? summaryOf([]),
  };
}

function tryReadText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A service is decoded when it is first asked for. */
function decodeOnce(lines: ReadonlyMap<string, string>): CatalogueData['actionsOf'] {
  const decoded = new Map<string, readonly CatalogueAction[]>();
  return (service) => {
    const line = lines.get(service);
    if (line === undefined) return [];
    const actions = decoded.get(service) ?? decodeActions(service, JSON.parse(line));
    decoded.set(service, actions);
    return actions;
  };
}
