import { nearestName } from '../lib/nearest-name';
import {
  type DeclaredOptions,
  isBoolean,
  isDeclared,
  isNegativeNumber,
  isRepeatable,
  nameOf,
} from './declared-options';

/** A rule that the words of a command line break. */
export interface BrokenRule {
  readonly rule: string;
  /** What broke it, where that is less than the whole line. */
  readonly got?: string | undefined;
  readonly fix?: string | undefined;
}

const GIVE_OR_LEAVE_OUT = 'Give it a value, or leave it out';

/**
 * The first rule that the options on a command line break. The parser by itself takes the empty text of a variable that is
 * not set, an option without its value, `--no-` before any option, and makes a list of an option that is given twice.
 *
 * @param words - the line without the verb, up to `--`
 * @param command - whose options these are
 */
export function findBrokenRule(
  words: readonly string[],
  options: DeclaredOptions,
  command: string,
): BrokenRule | undefined {
  const seen = new Set<string>();
  for (const [index, word] of words.entries()) {
    const broken = word.startsWith('-')
      ? brokenByOption(word, words[index + 1], options, command)
      : brokenByEmpty(word);
    if (broken !== undefined) return broken;
    if (!word.startsWith('--')) continue;
    const name = nameOf(word);
    if (seen.has(name) && !isRepeatable(name, options))
      return { rule: `'--${name}' must be given once`, fix: 'Leave all but one out' };
    seen.add(name);
  }
  return undefined;
}

/** The words of a line as they are told again: an empty one is seen. */
export function showWords(words: readonly string[]): string {
  return words.map((word) => word || "''").join(' ');
}

function brokenByEmpty(word: string): BrokenRule | undefined {
  return word === '' ? { rule: 'each word must have text', fix: 'Give it text, or leave it out' } : undefined;
}

function brokenByOption(
  word: string,
  next: string | undefined,
  options: DeclaredOptions,
  command: string,
): BrokenRule | undefined {
  const name = nameOf(word);
  if (!isDeclared(word, options)) return unknownOption(word, name, options, command);
  if (!word.startsWith('--')) return undefined;
  const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined;
  return isBoolean(name, options) ? brokenByBoolean(name, value) : brokenByValue(name, value, next, options);
}

function unknownOption(word: string, name: string, { key }: DeclaredOptions, command: string): BrokenRule {
  const shown = word.split('=')[0] ?? word;
  const nearest = nearestName(name, Object.keys(key));
  return {
    rule: `'${shown}' must be an option of ${command}`,
    fix: nearest === undefined ? undefined : `Did you mean --${nearest}?`,
  };
}

function brokenByBoolean(name: string, value: string | undefined): BrokenRule | undefined {
  if (value === undefined || value === 'true' || value === 'false') return undefined;
  return { rule: `'--${name}' must be true or false where it has a value`, got: value || 'an empty one' };
}

function brokenByValue(
  name: string,
  joined: string | undefined,
  next: string | undefined,
  { number }: DeclaredOptions,
): BrokenRule | undefined {
  const value = joined ?? next;
  if (value === undefined) return { rule: `'--${name}' must be followed by its value`, fix: GIVE_OR_LEAVE_OUT };
  if (value === '') return { rule: `'--${name}' must have a value that is not empty`, fix: GIVE_OR_LEAVE_OUT };
  if (joined === undefined && value.startsWith('-') && !isNegativeNumber(value))
    return {
      rule: `'--${name}' must be followed by its value`,
      fix: `A value that begins with - is typed as --${name}=${value}`,
    };
  return number.includes(name) && Number.isNaN(Number(value))
    ? { rule: `'--${name}' must be a number`, got: value }
    : undefined;
}
