import { describeAnswer } from '../rule-kit/outcome';
import { type Answer, known } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { Comparison, Difference } from './loss';

interface Setting {
  readonly what: string;
  readonly path: string;
  /** The default where nothing is written. */
  readonly byDefault: string;
  readonly says: (was: string, is: string) => string;
}

/** A number that must not fall. */
export function lowered(setting: Setting): Comparison {
  return compare(
    setting,
    (was, is) => Number(is) < Number(was),
    (text) => text !== '' && !Number.isNaN(Number(text)),
  );
}

/** A word that must not be exchanged for one that stands behind it. */
export function weakened(setting: Setting, strongestFirst: readonly string[]): Comparison {
  const rank = (text: string) => strongestFirst.indexOf(text);
  const compared = compare(
    setting,
    (was, is) => rank(is) > rank(was),
    (text) => rank(text) >= 0,
  );
  // Nothing is weaker than the last word, nor stronger than the first, whatever the other one is.
  const isHarmless = ({ was, is }: Difference) => rank(was) === strongestFirst.length - 1 || rank(is) === 0;
  return { ...compared, find: (...sides) => compared.find(...sides).filter((one) => !isHarmless(one)) };
}

function compare(
  { what, path, byDefault, says }: Setting,
  isLess: (was: string, is: string) => boolean,
  isReadable: (text: string) => boolean,
): Comparison {
  const read = (settings: Arguments): Answer<string> => {
    const found = valueAt(settings, path);
    if (found.state === 'unknown') return found;
    return known(found.state === 'absent' ? byDefault : String(found.value));
  };
  const find = (before: Arguments, after: Arguments): readonly Difference[] => {
    const [was, is] = [read(before), read(after)];
    const texts = { path, was: describeAnswer(was), is: describeAnswer(is) };
    if (texts.was === texts.is) return [];
    if (was.state !== 'known' || is.state !== 'known' || !isReadable(was.value) || !isReadable(is.value))
      return [{ ...texts, detail: `whether ${path} ends something sooner is not known`, isCertain: false }];
    return isLess(was.value, is.value) ? [{ ...texts, detail: says(was.value, is.value), isCertain: true }] : [];
  };
  return { what, find };
}
