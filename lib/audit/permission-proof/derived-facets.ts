import type { Condition, ContextValue } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type Choice, type Facet, fixedFacets } from './facets';
import { ABSENT, type OrdinaryForm, ordinaryForm } from './ordinary-forms';
import { allConditions, allStatements, textsOf } from './witnesses';

/** Keys that follow from who calls; callers are varied as such. */
export const KEYS_OF_CALLERS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principaltype',
  'kms:calleraccount',
]);

/** A value that no policy asks for. */
export const OTHER_VALUE = 'something-else';

/** The caller chooses half of it, the name of the session, so it is varied; no caller is without one. */
export const USER_ID = 'aws:userid';

/**
 * Every circumstance to try: the fixed ones, with each further value that a policy asks for, and one for each further key.
 *
 * A condition that somebody adds, drops or loosens so changes what is found, whatever it is about.
 */
export function facetsOf(policies: EnvironmentPolicies): readonly Facet[] {
  const conditions = allConditions(policies);
  const fixed = fixedFacets(policies);
  const known = new Set(fixed.flatMap(({ keys }) => keys));
  const keys = [...conditions.map(({ key }) => key), ...variablesOf(policies)];
  const further = new Map(keys.map((key) => [key.toLowerCase(), key]));
  return [
    ...fixed.map((facet) => withValuesOf(facet, conditions)),
    ...[...further]
      .filter(([lower]) => !known.has(lower) && !KEYS_OF_CALLERS.has(lower))
      .map(([lower, key]) => {
        const asking = conditions.filter((one) => one.key.toLowerCase() === lower);
        return furtherFacet(key, asking, ordinaryForm(lower, policies));
      }),
  ];
}

function variablesOf(policies: EnvironmentPolicies): readonly string[] {
  const text = JSON.stringify(allStatements(policies));
  return [...text.matchAll(/\$\{([\w-]+:[^},]+)/g)].map(([, key = '']) => key.trim());
}

/** The facet with each further value that a condition asks for. */
export function withValuesOf(facet: Facet, conditions: readonly Condition[]): Facet {
  const { keys, choices, choiceOf } = facet;
  if (choiceOf === undefined) return facet;
  const asked = conditions.filter(
    ({ key, operator }) => keys.includes(key.toLowerCase()) && !operator.endsWith('Null'),
  );
  const known = new Set(choices.flatMap(({ context }) => Object.values(context)));
  const values = new Set(asked.flatMap((condition) => condition.values.flatMap(textsOf)));
  return { ...facet, choices: [...choices, ...[...values].filter((value) => !known.has(value)).map(choiceOf)] };
}

function furtherFacet(key: string, conditions: readonly Condition[], ordinary: OrdinaryForm): Facet {
  const of = (value: ContextValue): Choice => ({ name: describe(value), context: { [key]: value } });
  const values = conditions.flatMap((condition) => valuesAround(condition));
  const isMultivalued = conditions.some(({ operator }) => operator.includes(':'));
  const single = [...new Set([...ordinary.values, ...values, ...(areAddresses(conditions) ? [] : [OTHER_VALUE])])];
  const lists = isMultivalued ? [single, ...single.map((value) => [value]), []] : [];
  const absent = { name: key.toLowerCase() === USER_ID ? "the caller's own" : ABSENT, context: {} };
  return {
    id: key,
    keys: [key.toLowerCase()],
    choices: [absent, ...(isMultivalued ? lists.map(of) : single.map(of))],
    ...(ordinary.needed !== undefined && { needed: ordinary.needed }),
    ...(ordinary.neededByS3 !== undefined && { neededByS3: ordinary.neededByS3 }),
  };
}

/** A key that is asked for addresses has no other value. */
function areAddresses(conditions: readonly Condition[]): boolean {
  return conditions.length > 0 && conditions.every(({ operator }) => operator.includes('IpAddress'));
}

/** Values that just fit a condition, and values that just do not. */
export function valuesAround({ operator, values }: Condition): readonly string[] {
  const base = operator.replace(/^.*:/, '');
  if (base === 'Null') return [];
  if (base.startsWith('Bool')) return ['true', 'false'];
  if (base.startsWith('Numeric'))
    return values.flatMap((value) => [-1, 0, 1].map((step) => String(Number(value) + step)));
  if (base.startsWith('Date')) return values.flatMap(instantsAround);
  if (base.includes('IpAddress'))
    return [...values.map((value) => value.replace(/\/\d+$/, '')), '203.0.113.77', '2001:db8::77'];
  if (base.startsWith('Arn')) return [...values.flatMap(textsOf), 'arn:aws:iam::000000000000:role/something-else'];
  return values.flatMap(textsOf);
}

function instantsAround(value: string): readonly string[] {
  const instant = /^\d{5,}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  const secondMs = 1000;
  return [-secondMs, 0, secondMs].map((step) => new Date(instant + step).toISOString());
}

function describe(value: ContextValue): string {
  return typeof value === 'string' ? value : `[${value.join(', ')}]`;
}
