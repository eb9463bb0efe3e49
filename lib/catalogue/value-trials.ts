import { type PolicyRule, pointerTo } from './policy-problem';
import { isJsonObject } from './statement-facts';

/** A statement that is legal but for the value in question, so that what the parser says is about that value. */
export interface Trial {
  readonly statement: unknown;
  /** Where the value stands in the trial's statement, and where in the document that is being validated. */
  readonly from: string;
  readonly to: string;
  readonly rule: PolicyRule;
  /** Asked only when this one has no problem. */
  readonly within?: readonly Trial[];
}

/** A trial of one value of an element, which stands at `path` below the element. */
export type MakeTrial = (tried: unknown, path: string, rest: Pick<Trial, 'to' | 'rule'>) => Trial;

type ValueTrials = (value: unknown, to: string) => readonly Trial[];

/** How the value of an element is taken apart: into what is tried by itself. */
export function valueTrials(element: string, trial: MakeTrial): ValueTrials {
  if (element === 'Condition') return (value, to) => conditionTrials(value, to, trial);
  if (element === 'Principal' || element === 'NotPrincipal') return (value, to) => principalTrials(value, to, trial);
  if (element === 'Sid' || element === 'Effect') return (value, to) => [trial(value, '', { to, rule: 'wrong-value' })];
  return (value, to) => listTrials(value, to, (entry, path, at) => trial(entry, path, { to: at, rule: 'wrong-value' }));
}

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
