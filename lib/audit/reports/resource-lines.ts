/** Deep enough for `resource`, type and name. */
const DEEPEST = 3;

/** Finds where a resource, an output or a provider stands in the text of a `cdk.tf.json`; undefined where it does not. */
export function resourceLines(stackText: string): (address: string) => number | undefined {
  const lines = keyLines(stackText, DEEPEST);
  return (address) => {
    const [first = '', ...rest] = address.split('.');
    return lines.get(pathOf('resource', first, rest.join('.'))) ?? lines.get(pathOf(first, ...rest));
  };
}

/** A container that the scan is inside of. */
interface Frame {
  readonly isObject: boolean;
  /** The key whose value is being read. */
  key?: string;
  isKeyNext: boolean;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]|\n/g;

/** Path of keys as one text; a key may hold any character. */
function pathOf(...keys: readonly string[]): string {
  return JSON.stringify(keys);
}

/**
 * The line of each key of a JSON document, from 1, by `pathOf` its keys; lists and what is in them have none.
 *
 * @param text - JSON that has been parsed already: what is broken gives wrong lines, and no error
 * @param deepest - how many keys the longest path has
 */
function keyLines(text: string, deepest: number): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const frames: Frame[] = [];
  let line = 1;
  for (const [token] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') frames.push({ isObject: token === '{', isKeyNext: token === '{' });
    else if (token === '}' || token === ']') frames.pop();
    else if (token === ',') {
      if (frame !== undefined) frame.isKeyNext = frame.isObject;
    } else if (frame?.isKeyNext) {
      frame.key = JSON.parse(token);
      frame.isKeyNext = false;
      const path = frames.map(({ key }) => key);
      if (path.length <= deepest && path.every((key) => key !== undefined)) lines.set(pathOf(...path), line);
    }
  }
  return lines;
}
