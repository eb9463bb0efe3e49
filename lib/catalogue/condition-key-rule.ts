import { tryParseOperatorName } from '../iam/conditions/operators';
import { matchesPattern, parseWildcards } from '../iam/wildcard';
import { nearestName } from '../nearest-name';
import type { Catalogue, CatalogueAction } from './catalogue';
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
  const actions = actionsOf(statement, entries, catalogue);
  if (actions.length === 0) return [];
  const globalKeys = catalogue.globalConditionKeys.map(({ name }) => name).filter((name) => !KEYS_OF_TAGS.test(name));
  return statement.conditions
    .filter(({ key }) => !isOfIdentityProvider(key.text) && !carries(globalKeys, key.text))
    .flatMap((condition) => {
      const carriers = new Set(actions.filter((action) => carries(keysOf(action), condition.key.text)));
      const must = carriers.size === 0 ? actions : namedActions(statement, entries, condition);
      const lacking = must.filter((action) => !carriers.has(action));
      return lacking.length === 0 ? [] : [describe(condition, lacking, globalKeys)];
    });
}

function actionsOf(statement: StatementFacts, entries: readonly KnownActions[], catalogue: Catalogue) {
  const matched = new Set(entries.flatMap(({ actions }) => actions));
  return statement.isNotAction ? catalogue.actions.filter((action) => !matched.has(action)) : [...matched];
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

function keysOf({ conditionKeys, resourceTypes }: CatalogueAction): readonly string[] {
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
}

function carries(known: readonly string[], key: string): boolean {
  const wanted = key.toLowerCase();
  return known.some((name) => {
    const pattern = name.toLowerCase();
    return pattern === wanted || (pattern.includes('*') && matchesPattern(parseWildcards(pattern), wanted));
  });
}

const MOST_NAMES = 3;

function describe(
  { key }: ConditionFacts,
  lacking: readonly CatalogueAction[],
  globalKeys: readonly string[],
): PolicyProblem {
  const names = lacking.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = lacking.length > MOST_NAMES ? ` and ${lacking.length - MOST_NAMES} more` : '';
  const nearest = nearestName(key.text, [...new Set([...globalKeys, ...lacking.flatMap(keysOf)])]);
  return {
    pointer: key.pointer,
    rule: 'condition-key-never-carried',
    message: `a request for ${names.join(', ')}${more} never carries this key`,
    got: key.text,
    ...(nearest && { fix: `write '${nearest}'` }),
  };
}
