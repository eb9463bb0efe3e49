/** Deeper than any policy, configuration or plan; what reads a document goes down by itself. */
const MOST_LEVELS = 100;

/** The rule that is broken, and what breaks it. */
export interface ShapeProblem {
  readonly rule: string;
  readonly got: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * The reason why a JSON document can be read in more than one way: a name that stands twice in an object, of which one reader
 * sees the first and another the last, or more levels than can be read. `undefined` when there is nothing.
 *
 * @param text - a document that `JSON.parse` takes
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function findShapeProblem(text: string): ShapeProblem | undefined {
  const levels: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      levels.push(new Set());
      if (levels.length > MOST_LEVELS) return { rule: `must have at most ${MOST_LEVELS} levels`, got: 'more' };
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string;
      const names = levels.at(-1);
      if (names?.has(name)) return { rule: 'must name each thing in an object once', got: name };
      names?.add(name);
    }
  }
  return undefined;
}

/**
 * The value of a JSON text that every reader reads alike.
 *
 * @throws {SyntaxError} for a text that is no JSON, or that has a problem of {@link findShapeProblem}
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const problem = findShapeProblem(text);
  if (problem !== undefined) throw new SyntaxError(`${problem.rule}, got: ${problem.got}`);
  return value;
}
