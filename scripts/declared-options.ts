/** Options of a verb, by their long names, as the parser knows them. */
export interface DeclaredOptions {
  readonly key: Readonly<Record<string, unknown>>;
  readonly array: readonly string[];
  readonly boolean: readonly string[];
  readonly number: readonly string[];
}

const SHORT_OPTIONS = ['-h', '-V', '-v'];

export function isDeclared(word: string, options: DeclaredOptions): boolean {
  if (!word.startsWith('--')) return SHORT_OPTIONS.includes(word) || isNegativeNumber(word);
  const name = nameOf(word);
  return Object.hasOwn(options.key, name) || (isBoolean(name, options) && !word.includes('='));
}

/** Undoes `--no-`, which the parser takes before any option, for those that are on or off. */
export function isBoolean(name: string, { boolean, key }: DeclaredOptions): boolean {
  return boolean.includes(Object.hasOwn(key, name) ? name : name.replace(/^no-/, ''));
}

export function isRepeatable(name: string, options: DeclaredOptions): boolean {
  return options.array.includes(name) || isBoolean(name, options);
}

export function isNegativeNumber(word: string): boolean {
  return /^-(\d+(\.\d+)?|\.\d+)$/.test(word);
}

/** An option's name, of `-name` too, which many other programs take. */
export function nameOf(word: string): string {
  return word.replace(/^--?/, '').split('=')[0] ?? '';
}
