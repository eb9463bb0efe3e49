import { SIGNS } from '../../../audit/reports/html/standing-mark';
import { type Markup, markup } from '../../../audit/reports/markup';
import type { Result } from '../../result/verification';

/** How the style sheet of the audit's page calls each result: a doubt looks the same in both. */
export const TONES = { pass: 'pass', fail: 'fail', inconclusive: 'unknown' } as const;

const WORDS: Readonly<Record<Result, string>> = { pass: 'Pass', fail: 'Fail', inconclusive: 'Unclear' };

/** The word for each, after a number. */
export const RESULT_WORDS: Readonly<Record<Result, string>> = {
  fail: 'failed',
  inconclusive: 'could not be decided',
  pass: 'passed',
};

/** A sign and a word, so that colour is never all that tells results apart. */
export function resultMark(result: Result): Markup {
  const tone = TONES[result];
  return markup`<span class="mark ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span>${WORDS[result]}</span>`;
}
