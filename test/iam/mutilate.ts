import * as fc from 'fast-check';

type Path = readonly (string | number)[];

/** Mishaps of a policy on its way: a text misspelt, a part lost, replaced, wrapped, renamed, or its JSON cut. */
type Damage = 'misspell' | 'lose' | 'replace' | 'wrap' | 'rename' | 'splice';

interface Blow {
  readonly damage: Damage;
  /** Where, as a fraction of all the places. */
  readonly at: number;
  readonly value: unknown;
}

const WORDS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'Version',
  'Allow',
  'Deny',
  '*',
  '**',
  '?',
  '',
  ' ',
  '${',
  '${}',
  '${*}',
  "${aws:username, 'x'}",
  '${aws:TagKeys}',
  's3:*',
  's3:',
  'arn:aws:s3:::x/*',
  'arn:*',
  ':',
  '::::::',
  'Null',
  'Bool',
  'ForAnyValue:StringEqualsIfExists',
  'ForAllValues:Null',
  'NumericLessThan',
  'DateEquals',
  'IpAddress',
  'BinaryEquals',
  'aws:SourceIp',
  'aws:Nothing',
  'acme:Key',
  '0.0.0.0/33',
  '::/129',
  '1e400',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
  '2012-10-17',
  '2008-10-17',
  '\u0000',
  '\ud800',
  'İ',
  'a'.repeat(5000),
  '*a'.repeat(2000),
  '${'.repeat(500),
] as const;

const values = fc.oneof(
  fc.constantFrom<unknown>(...WORDS),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, Number.NaN, 10n, Symbol.iterator, () => true, new Date(0)),
);

const blows: fc.Arbitrary<Blow> = fc.record({
  damage: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Damage>('misspell') },
    { weight: 4, arbitrary: fc.constantFrom<Damage>('lose', 'replace', 'wrap', 'rename') },
    { weight: 1, arbitrary: fc.constant<Damage>('splice') },
  ),
  at: fc.nat(1e9).map((n) => n / (1e9 + 1)),
  value: values,
});

/** Documents after one to three blows; JSON text where one of them was a splice. */
export function mutilated(documents: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(documents, fc.array(blows, { minLength: 1, maxLength: 3 }))
    .map(([document, list]) => list.reduce(strike, document));
}

function strike(document: unknown, { damage, at, value }: Blow): unknown {
  if (damage === 'splice' || typeof document === 'string') return splice(document, at, value);
  const places = pathsOf(document, damage === 'misspell');
  const path = places[Math.floor(at * places.length)] ?? [];
  return edit(document, path, { damage, at, value });
}

function splice(document: unknown, at: number, value: unknown): string {
  const text = typeof document === 'string' ? document : toText(document);
  const start = Math.floor(at * text.length);
  return `${text.slice(0, start)}${typeof value === 'string' ? value : ''}${text.slice(start + 1)}`;
}

function toText(document: unknown): string {
  return JSON.stringify(document, (_, value) => (typeof value === 'bigint' ? Number(value) : value)) ?? '';
}

function pathsOf(value: unknown, isLeafWanted: boolean): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, isLeafWanted).map((path): Path => [key, ...path]),
  );
  return isLeafWanted ? inner : [[], ...inner];
}

function edit(value: unknown, [key, ...rest]: Path, blow: Blow): unknown {
  if (key === undefined) return hit(value, blow);
  const entries = Object.entries(value as object);
  const changed = entries.flatMap(([name, child]): [string, unknown][] => {
    if (name !== key) return [[name, child]];
    if (rest.length > 0) return [[name, edit(child, rest, blow)]];
    if (blow.damage === 'lose') return [];
    if (blow.damage === 'rename') return [[String(blow.value), child]];
    return [[name, edit(child, [], blow)]];
  });
  return Array.isArray(value) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

function hit(value: unknown, { damage, at, value: other }: Blow): unknown {
  if (damage === 'wrap') return [value];
  return damage === 'misspell' && typeof value === 'string' ? misspell(value, at) : other;
}

/** One character lost, or another in its place. */
function misspell(text: string, at: number): string {
  const place = Math.floor(at * 1e6) % (text.length + 1);
  const letter = ['', '*', '?', ':', '/', 'x', 'S', '$', '1'][Math.floor(at * 1e9) % 9] ?? '';
  return `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
}
