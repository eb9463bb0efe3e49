import { pointerTo } from './policy-problem';

/** A string of the document, and where it stands. */
export interface Located {
  readonly text: string;
  readonly pointer: string;
}

/** The parts of a statement that the catalogue judges; parts without a legal shape are left out, and reported as such. */
export interface StatementFacts {
  readonly pointer: string;
  readonly isAllow: boolean;
  readonly sid?: Located;
  readonly actions: readonly Located[];
  readonly isNotAction: boolean;
  /** Empty under `NotResource`, and where a policy has no resources. */
  readonly resources: readonly Located[];
  readonly conditions: readonly ConditionFacts[];
}

export interface ConditionFacts {
  readonly operator: string;
  readonly key: Located;
  readonly values: readonly Located[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The statements of a document, each with its pointer; a single one needs no list. */
export function locateStatements(
  document: JsonObject,
): readonly { readonly value: unknown; readonly pointer: string }[] {
  const { Statement } = document;
  if (!Array.isArray(Statement)) return Statement === undefined ? [] : [{ value: Statement, pointer: '/Statement' }];
  return Statement.map((value: unknown, index) => ({ value, pointer: pointerTo('/Statement', index) }));
}

/** @param isSound - whether the value at a pointer has a legal shape */
export function readStatementFacts(
  statement: JsonObject,
  pointer: string,
  isSound: (pointer: string) => boolean,
): StatementFacts {
  const strings = (element: string) => locateStrings(statement[element], pointerTo(pointer, element)).filter(isLegal);
  const isLegal = (located: Located) => isSound(located.pointer);
  const isNotAction = statement.Action === undefined;
  const [sid] = strings('Sid');
  return {
    pointer,
    isAllow: statement.Effect === 'Allow',
    ...(sid && { sid }),
    actions: strings(isNotAction ? 'NotAction' : 'Action'),
    isNotAction,
    resources: strings('Resource'),
    conditions: locateConditions(statement.Condition, pointerTo(pointer, 'Condition')).filter(({ key }) =>
      isSound(key.pointer),
    ),
  };
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string, or the strings of a list. */
function locateStrings(value: unknown, pointer: string): readonly Located[] {
  if (typeof value === 'string') return [{ text: value, pointer }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index) => locateStrings(entry, pointerTo(pointer, index)));
}

function locateConditions(block: unknown, pointer: string): readonly ConditionFacts[] {
  if (!isJsonObject(block)) return [];
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isJsonObject(keys)) return [];
    return Object.entries(keys).map(([key, values]) => {
      const at = pointerTo(pointer, operator, key);
      return { operator, key: { text: key, pointer: at }, values: locateStrings(values, at) };
    });
  });
}
