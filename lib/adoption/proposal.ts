import { type Document, isMap, type Pair, parseDocument, type Scalar } from 'yaml';
import { ADOPTABLE, type Adoptable } from '../config/adoptable';
import { visible } from '../visible';
import type { Adoption } from './adoption';

/** A line that a file gets, or gets otherwise. */
export interface ProposedLine {
  /** Dotted path of its key. */
  readonly path: string;
  readonly value: unknown;
  /** Why, for the comment above it. */
  readonly because: string;
}

/** Lines with which the stack makes a setting that it leaves alone without them; where it exists, it is taken over. */
const MADE_BY: Readonly<Record<string, Adoptable>> = { accessLog: 'access-log', objectLock: 'object-lock' };

/** Lines under which what exists is taken over, and stays as it is as far as the file has keys for it. */
export function proposedLines(
  { exists, items }: Pick<Adoption, 'exists' | 'items'>,
  named: readonly Adoptable[],
): readonly ProposedLine[] {
  const kept = items.flatMap(({ was, keep = {} }) =>
    Object.entries(keep).map(([path, value]) => ({ path, value, because: `Kept as it was before: ${was}` })),
  );
  const meant = ADOPTABLE.filter((thing) => exists.includes(thing) || kept.some(({ path }) => MADE_BY[path] === thing));
  const isNamed = meant.length === named.length && meant.every((thing) => named.includes(thing));
  const adopt = { path: 'adopt', value: meant, because: 'What existed before this file' };
  return [...(isNamed ? [] : [adopt]), ...joined(kept)];
}

/** A line for each path: lists are joined, and of other values the first one counts. */
function joined(lines: readonly ProposedLine[]): readonly ProposedLine[] {
  const byPath = new Map<string, ProposedLine>();
  for (const line of lines) {
    const earlier = byPath.get(line.path);
    if (earlier === undefined) byPath.set(line.path, line);
    else if (Array.isArray(earlier.value) && Array.isArray(line.value))
      byPath.set(line.path, { ...earlier, value: distinct([...earlier.value, ...line.value]) });
  }
  return [...byPath.values()];
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** The text of an environment file with these lines; whatever else stands in it stays, comments too. */
export function withLines(text: string, lines: readonly ProposedLine[]): string {
  const document = parseDocument(text);
  for (const line of lines) setLine(document, line);
  return document.toString({ lineWidth: 0 });
}

function setLine(document: Document, { path, value, because }: ProposedLine): void {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  if (steps.length > 0 && !document.hasIn(steps)) document.setIn(steps, document.createNode({}));
  const map = steps.length === 0 ? document.contents : document.getIn(steps);
  if (!isMap<Scalar>(map)) throw new Error(`'${steps.join('.')}' of a file that was loaded is no map`);
  const pair = document.createPair(name, value) as Pair<Scalar>;
  // One line, whatever the account says.
  pair.key.commentBefore = ` ${visible(because).replaceAll(/\s+/g, ' ')}`;
  const at = map.items.findIndex(({ key }) => key.value === name);
  if (at < 0) map.items.push(pair);
  else map.items[at] = pair;
}
