import { describeAnswer } from '../rule-kit/outcome';
import { type Answer, known } from '../stack/answer';
import { blocksOf, valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { Comparison, Difference } from './loss';

const AT = 'rule.default_retention';
const STAY_SO = 'versions that are locked already stay so until their day';
const DAYS_OF_A_YEAR = 365;

/**
 * The part of their lock that new versions lose.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export const LOCK_LOSSES: readonly Comparison[] = [
  {
    what: 'lock-ended',
    find: (before, after) =>
      compare(before, after, retentionDays, (was, is) =>
        was > 0 && is === 0 ? `new versions are not locked any more, for ${was} days until now; ${STAY_SO}` : undefined,
      ),
  },
  {
    what: 'lock-shortened',
    find: (before, after) =>
      compare(before, after, retentionDays, (was, is) =>
        is > 0 && is < was ? `new versions are locked for ${is} days, ${was} days until now; ${STAY_SO}` : undefined,
      ),
  },
  {
    what: 'lock-weakened',
    find: (before, after) =>
      compare(before, after, lockMode, (was, is) =>
        was === 'COMPLIANCE' && is === 'GOVERNANCE'
          ? `whoever may bypass GOVERNANCE can delete new versions, and with COMPLIANCE nobody could; ${STAY_SO}`
          : undefined,
      ),
  },
];

function compare<Value>(
  before: Arguments,
  after: Arguments,
  read: (settings: Arguments) => Answer<Value>,
  judge: (was: Value, is: Value) => string | undefined,
): readonly Difference[] {
  const [was, is] = [read(before), read(after)];
  const texts = { path: AT, was: describeAnswer(was), is: describeAnswer(is) };
  if (texts.was === texts.is) return [];
  if (was.state !== 'known' || is.state !== 'known')
    return [{ ...texts, detail: 'whether new versions stay locked as long is not known', isCertain: false }];
  const detail = judge(was.value, is.value);
  return detail === undefined ? [] : [{ ...texts, detail, isCertain: true }];
}

/** 0 where nothing is locked by default. */
function retentionDays(settings: Arguments): Answer<number> {
  const rules = blocksOf(settings.rule);
  if (rules.state === 'unknown') return rules;
  const [days, years] = ['days', 'years'].map((unit) => valueAt(settings, `${AT}.${unit}`));
  if (days?.state === 'known' && Number(days.value) > 0) return known(Number(days.value));
  if (years?.state === 'known' && Number(years.value) > 0) return known(Number(years.value) * DAYS_OF_A_YEAR);
  const doubtful = [days, years].find((one) => one?.state === 'unknown');
  return doubtful?.state === 'unknown' ? doubtful : known(0);
}

function lockMode(settings: Arguments): Answer<string> {
  const mode = valueAt(settings, `${AT}.mode`);
  return mode.state === 'absent' ? known('') : mode.state === 'known' ? known(String(mode.value)) : mode;
}
