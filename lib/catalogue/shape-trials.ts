import type { PolicyKind } from '../iam';
import { type PolicyRule, pointerTo } from './policy-problem';
import { isJsonObject, type JsonObject } from './statement-facts';

/** A statement that is legal but for the value in question, so that what the parser says is about that value. */
export interface Trial {
  readonly statement: unknown;
  /** Where the value stands in the trial's statement, and where in the document that is being validated. */
  readonly from: string;
  readonly to: string;
  readonly rule: PolicyRule;
  /** Asked only when these have no problem. */
  readonly within?: readonly Trial[];
}

/** Elements of which a statement has at most one, and the kinds of policy that need one. */
const GROUPS: readonly { readonly elements: readonly string[]; readonly neededIn: readonly PolicyKind[] }[] = [
  { elements: ['Effect'], neededIn: ['identity', 'resource', 'trust'] },
  { elements: ['Principal', 'NotPrincipal'], neededIn: ['resource', 'trust'] },
  { elements: ['Action', 'NotAction'], neededIn: ['identity', 'resource', 'trust'] },
  { elements: ['Resource', 'NotResource'], neededIn: ['identity', 'resource'] },
];

const FORBIDDEN: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['Principal', 'NotPrincipal'],
  resource: [],
  trust: ['Resource', 'NotResource', 'NotPrincipal'],
};

export const STATEMENT_ELEMENTS: readonly string[] = [
  ...GROUPS.flatMap(({ elements }) => elements),
  'Sid',
  'Condition',
];

interface StatementAt {
  readonly statement: JsonObject;
  readonly pointer: string;
  readonly kind: PolicyKind;
}

/** The trials of one statement: each of its values by itself, what it lacks, and what excludes each other. */
export function statementTrials(value: unknown, pointer: string, kind: PolicyKind): readonly Trial[] {
  if (!isJsonObject(value)) return [{ statement: value, from: '', to: pointer, rule: 'wrong-value' }];
  const at: StatementAt = { statement: value, pointer, kind };
  const elements = Object.keys(value).filter((name) => value[name] !== undefined);
  return [...elements.flatMap((name) => elementTrials(name, at)), ...groupTrials(elements, at)];
}

function groupTrials(elements: readonly string[], { pointer, kind }: StatementAt): readonly Trial[] {
  return GROUPS.flatMap((group): readonly Trial[] => {
    const present = group.elements.filter((name) => elements.includes(name) && !FORBIDDEN[kind].includes(name));
    const isMissing = present.length === 0 && group.neededIn.includes(kind);
    if (!isMissing && present.length < 2) return [];
    const both = Object.fromEntries(present.map((name) => [name, '*']));
    const rule = isMissing ? 'missing-element' : 'conflicting-elements';
    return [{ statement: { ...without(group.elements, kind), ...both }, from: '', to: pointer, rule }];
  });
}

function elementTrials(name: string, { statement, pointer, kind }: StatementAt): readonly Trial[] {
  const value = statement[name];
  const to = pointerTo(pointer, name);
  const group = GROUPS.find(({ elements }) => elements.includes(name))?.elements ?? [name];
  // `NotPrincipal` depends on the effect.
  const effect = name === 'NotPrincipal' && statement.Effect === 'Allow' ? 'Allow' : 'Deny';
  const trial = (tried: unknown, path: string, rest: Pick<Trial, 'to' | 'rule'>): Trial => ({
    statement: { Effect: effect, ...without([...group, 'Effect'], kind), [name]: tried },
    from: pointerTo('', name) + path,
    ...rest,
  });
  if (!STATEMENT_ELEMENTS.includes(name)) return [{ ...trial(value, '', { to, rule: 'unknown-element' }), from: '' }];
  const isForbidden = FORBIDDEN[kind].includes(name) || (name === 'NotPrincipal' && effect === 'Allow');
  if (isForbidden) return [trial(value, '', { to, rule: 'element-not-allowed' })];
  if (name === 'Condition') return conditionTrials(value, to, trial);
  if (name === 'Principal' || name === 'NotPrincipal') return principalTrials(value, to, trial);
  if (name === 'Sid' || name === 'Effect') return [trial(value, '', { to, rule: 'wrong-value' })];
  return listTrials(value, to, (entry, path, at) => trial(entry, path, { to: at, rule: 'wrong-value' }));
}

type MakeTrial = (tried: unknown, path: string, rest: Pick<Trial, 'to' | 'rule'>) => Trial;

/** Every entry of a list by itself; anything else, and an empty list, as it is. */
function listTrials(
  value: unknown,
  to: string,
  trial: (entry: unknown, path: string, to: string) => Trial,
): readonly Trial[] {
  if (!Array.isArray(value) || value.length === 0) return [trial(value, '', to)];
  return value.map((entry: unknown, index) => trial([entry], '/0', pointerTo(to, index)));
}

function principalTrials(value: unknown, to: string, trial: MakeTrial): readonly Trial[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [trial(value, '', { to, rule: 'wrong-value' })];
  return Object.entries(value).flatMap(([type, names]) =>
    listTrials(names, pointerTo(to, type), (entry, path, at) =>
      trial({ [type]: entry }, pointerTo('', type) + path, { to: at, rule: 'wrong-value' }),
    ),
  );
}

/** An operator first, then each of its keys, then each value of the key. */
function conditionTrials(value: unknown, to: string, trial: MakeTrial): readonly Trial[] {
  if (!isJsonObject(value)) return [trial(value, '', { to, rule: 'wrong-value' })];
  return Object.entries(value).map(([operator, keys]): Trial => {
    const at = pointerTo(to, operator);
    const isOperator = trial({ [operator]: {} }, pointerTo('', operator), { to: at, rule: 'unknown-operator' });
    if (!isJsonObject(keys)) {
      return {
        ...isOperator,
        within: [trial({ [operator]: keys }, pointerTo('', operator), { to: at, rule: 'wrong-value' })],
      };
    }
    const ofKeys = Object.entries(keys).map(([key, values]) =>
      keyTrial({ operator, key, values }, pointerTo(at, key), trial),
    );
    return { ...isOperator, within: ofKeys };
  });
}

interface KeyValues {
  readonly operator: string;
  readonly key: string;
  readonly values: unknown;
}

function keyTrial({ operator, key, values }: KeyValues, to: string, trial: MakeTrial): Trial {
  const path = pointerTo('', operator, key);
  const isKey = trial({ [operator]: { [key]: [] } }, path, { to, rule: 'wrong-value' });
  const within = listTrials(values, to, (entry, rest, at) =>
    trial({ [operator]: { [key]: entry } }, path + rest, { to: at, rule: 'wrong-value' }),
  );
  return { ...isKey, within };
}

/** A legal statement of the kind, without some of its elements. */
function without(elements: readonly string[], kind: PolicyKind): JsonObject {
  const needed = GROUPS.filter(({ neededIn }) => neededIn.includes(kind)).map((group) => group.elements[0] ?? '');
  const kept = needed.filter((name) => !elements.includes(name));
  return Object.fromEntries(kept.map((name) => [name, LEGAL[name] ?? '*']));
}

const LEGAL: Readonly<Record<string, string>> = { Effect: 'Deny' };
