import { tryParseOperatorName } from '../iam/conditions/operators';
import { nearestName } from '../nearest-name';
import type { Catalogue, CatalogueAction } from './catalogue';
import { type FindNames, indexKeys, indexNames, type KeyCarriers, keysOf } from './key-carriers';
import type { KnownActions } from './known-actions';
import type { PolicyProblem } from './policy-problem';
import type { ConditionFacts, StatementFacts } from './statement-facts';

/**
 * Global keys that only requests with tags carry: AWS lists them with each action that does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
const KEYS_OF_TAGS = /^aws:(RequestTag\/|TagKeys$)/i;

/**
 * Condition keys that no request of the statement's actions carries.
 *
 * Under `Allow` with an operator that is false for an absent key, every action that is named in full must carry it:
 * the statement would never allow the others. Keys that identity providers define are not checked.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function findConditionKeyProblems(
  statement: StatementFacts,
  entries: readonly KnownActions[],
  catalogue: Catalogue,
): readonly PolicyProblem[] {
  const globalKeys = globalKeysOf(catalogue);
  const conditions = statement.conditions.filter(
    ({ key }) => !isOfIdentityProvider(key.text) && globalKeys.find(key.text).length === 0,
  );
  const actions = conditions.length === 0 ? [] : actionsOf(statement, entries, catalogue);
  if (actions.length === 0) return [];
  const index = indexOf(actions);
  return conditions.flatMap((condition) => {
    const carriers = index.carriersOf(condition.key.text);
    if (carriers.size === 0) return [describe(condition, actions, [...globalKeys.names, ...index.names])];
    const lacking = namedActions(statement, entries, condition).filter((action) => !carriers.has(action));
    if (lacking.length === 0) return [];
    return [describe(condition, lacking, [...globalKeys.names, ...new Set(lacking.flatMap(keysOf))])];
  });
}

const knownIndexes = new WeakMap<readonly CatalogueAction[], KeyCarriers>();

function indexOf(actions: readonly CatalogueAction[]): KeyCarriers {
  const index = knownIndexes.get(actions) ?? indexKeys(actions);
  knownIndexes.set(actions, index);
  return index;
}

interface GlobalKeys {
  readonly names: readonly string[];
  readonly find: FindNames;
}

const knownGlobalKeys = new WeakMap<Catalogue, GlobalKeys>();

function globalKeysOf(catalogue: Catalogue): GlobalKeys {
  const known = knownGlobalKeys.get(catalogue);
  if (known !== undefined) return known;
  const names = catalogue.globalConditionKeys.map(({ name }) => name).filter((name) => !KEYS_OF_TAGS.test(name));
  const globalKeys = { names, find: indexNames(names) };
  knownGlobalKeys.set(catalogue, globalKeys);
  return globalKeys;
}

function actionsOf({ isNotAction }: StatementFacts, entries: readonly KnownActions[], catalogue: Catalogue) {
  const [only, ...more] = new Set(entries.map((entry) => entry.actions));
  // A pattern matches the same list each time, whose index is known.
  if (only !== undefined && more.length === 0 && !isNotAction) return only;
  const matched = new Set<CatalogueAction>();
  for (const actions of new Set(entries.map((entry) => entry.actions))) {
    for (const action of actions) matched.add(action);
  }
  return isNotAction ? catalogue.actions.filter((action) => !matched.has(action)) : [...matched];
}

function namedActions(
  { isAllow, isNotAction }: StatementFacts,
  entries: readonly KnownActions[],
  condition: ConditionFacts,
) {
  if (!isAllow || isNotAction || !isFalseWhenAbsent(condition.operator)) return [];
  return entries.filter(({ hasWildcards }) => !hasWildcards).flatMap(({ actions }) => actions);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function isFalseWhenAbsent(operator: string): boolean {
  const name = tryParseOperatorName(operator);
  if (name?.kind !== 'comparison' || name.ifExists) return false;
  return name.quantifier === 'any' || (name.quantifier === 'one' && !name.operator.negated);
}

/** Such a key begins with the provider's domain, as in `token.actions.githubusercontent.com:sub`, or with `saml`. */
function isOfIdentityProvider(key: string): boolean {
  const [prefix = ''] = key.split(':');
  return prefix.includes('.') || prefix === 'saml';
}

const MOST_NAMES = 3;

function describe(
  { key }: ConditionFacts,
  lacking: readonly CatalogueAction[],
  possibleKeys: readonly string[],
): PolicyProblem {
  const names = lacking.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = lacking.length > MOST_NAMES ? ` and ${lacking.length - MOST_NAMES} more` : '';
  const nearest = nearestName(key.text, possibleKeys);
  return {
    pointer: key.pointer,
    rule: 'condition-key-never-carried',
    message: `a request for ${names.join(', ')}${more} never carries this key`,
    got: key.text,
    ...(nearest && { fix: `write '${nearest}'` }),
  };
}
