/** Deeper than any configuration or plan; what reads a document goes down by itself. */
const MOST_LEVELS = 100;

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * What keeps a JSON document from being read one way only: a name that stands twice in an object, of which a reader
 * sees one and Terraform both, or more levels than can be read. `undefined` when there is nothing.
 *
 * @param text - a document that `JSON.parse` takes
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function findShapeProblem(text: string): string | undefined {
  const levels: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      levels.push(new Set());
      if (levels.length > MOST_LEVELS) return `must have at most ${MOST_LEVELS} levels, got: more`;
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string;
      const names = levels.at(-1);
      if (names?.has(name)) return `must name each thing once, got twice in one object: ${JSON.stringify(name)}`;
      names?.add(name);
    }
  }
  return undefined;
}
