import { ToolkitError } from '../errors';
import { matchesPattern, parseWildcards } from '../iam/match/wildcard';
import { rememberLatest } from '../iam/parse/remember-latest';
import { nearestName } from '../nearest-name';
import type { Catalogue, CatalogueAction } from './catalogue';
import type { PolicyProblem } from './policy-problem';
import { S3_API_NAMES } from './s3-api-names';
import type { Located, StatementFacts } from './statement-facts';

/** An entry of `Action` or `NotAction`, with the actions of the catalogue that it matches. */
export interface KnownActions {
  readonly entry: Located;
  readonly hasWildcards: boolean;
  readonly actions: readonly CatalogueAction[];
}

/**
 * The matches of each entry, in any case and with wildcards, and a problem for each that matches nothing.
 *
 * @throws {ToolkitError} `ServiceNotLoaded`, when the answer depends on a service that the catalogue left out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function findKnownActions(statement: StatementFacts, catalogue: Catalogue) {
  const entries = statement.actions.map(
    (entry): KnownActions => ({ entry, ...matchName(entry.text.toLowerCase(), catalogue) }),
  );
  const problems = entries
    .filter(({ actions }) => actions.length === 0)
    .map(({ entry }) => describeUnknown(entry, catalogue));
  return { entries, problems };
}

type Matched = Omit<KnownActions, 'entry'>;

/** @param name - in lower case */
function matchName(name: string, catalogue: Catalogue): Matched {
  const [service = ''] = name.split(':');
  requireLoaded(service, catalogue);
  const hasWildcards = /[*?]/.test(name);
  if (!hasWildcards) {
    const action = catalogue.tryFind(name);
    return { hasWildcards, actions: action ? [action] : [] };
  }
  const known = matchedPatterns.get(catalogue) ?? rememberLatest<string, Matched>(MOST_PATTERNS);
  matchedPatterns.set(catalogue, known);
  const matched = known.get(name) ?? { hasWildcards, actions: matchPattern(name, service, catalogue) };
  known.set(name, matched, matched.actions.length);
  return matched;
}

/** The same list for the same pattern, so that facts about it can be looked up by it. */
const matchedPatterns = new WeakMap<Catalogue, ReturnType<typeof rememberLatest<string, Matched>>>();

/** By how many actions they match. */
const MOST_PATTERNS = { entries: 200, weight: 100_000 };

function matchPattern(name: string, service: string, catalogue: Catalogue): readonly CatalogueAction[] {
  const pattern = parseWildcards(name);
  const candidates = catalogue.services.includes(service) ? catalogue.actionsOf(service) : catalogue.actions;
  return candidates.filter((known) => matchesPattern(pattern, known.name.toLowerCase()));
}

function requireLoaded(service: string, { services, knownServices }: Catalogue): void {
  const isLoaded = /[*?]/.test(service)
    ? services.length === knownServices.length
    : services.includes(service) || !knownServices.includes(service);
  if (isLoaded) return;
  throw new ToolkitError(
    'ServiceNotLoaded',
    `'${service}' is not among the services of this catalogue, got: ${services.join(', ')}\nLoad the whole catalogue`,
  );
}

function describeUnknown({ text, pointer }: Located, catalogue: Catalogue): PolicyProblem {
  const [service = '', name = ''] = text.split(':');
  if (!catalogue.knownServices.includes(service.toLowerCase()) && !/[*?]/.test(service)) {
    const nearest = nearestName(service, catalogue.knownServices);
    const message = 'the service must be one that AWS has';
    return {
      pointer,
      rule: 'unknown-service',
      message,
      got: text,
      ...(nearest && { fix: `write '${nearest}:${name}'` }),
    };
  }
  const message = /[*?]/.test(text)
    ? 'the pattern must match an action that AWS has'
    : 'the action must be one that AWS has';
  const fix = fixOf(text, catalogue);
  return { pointer, rule: 'unknown-action', message, got: text, ...(fix && { fix }) };
}

function fixOf(text: string, catalogue: Catalogue): string | undefined {
  const [service = '', name = ''] = text.toLowerCase().split(':');
  const operation = Object.keys(S3_API_NAMES).find((known) => service === 's3' && known.toLowerCase() === name);
  if (operation !== undefined) {
    const permissions = S3_API_NAMES[operation] ?? [];
    const are = permissions.length === 1 ? 'permission is' : 'permissions are';
    return `${operation} is the name of an API operation; its ${are} ${permissions.join(' and ')}`;
  }
  const names = catalogue.actionsOf(service).map((action) => action.name.slice(service.length + 1));
  const nearest = nearestName(name, names);
  return nearest && `write '${service}:${nearest}'`;
}
