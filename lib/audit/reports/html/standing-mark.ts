import type { Finding } from '../../report/audit-report';
import { type Markup, markup } from '../markup';
import { STANDINGS, type Standing, standingOf } from '../standing';

/** A sign for each, so that colour is never all that tells them apart. */
export const SIGNS: Readonly<Record<Standing, string>> = {
  fail: '✕',
  unknown: '?',
  waived: '~',
  pass: '✓',
  inherited: '↑',
  'not-applicable': '–',
};

const WORDS: Readonly<Record<Standing, string>> = {
  fail: 'Fail',
  unknown: 'Unknown',
  waived: 'Waived',
  pass: 'Pass',
  inherited: 'Inherited',
  'not-applicable': 'Not applicable',
};

export function standingMark(standing: Standing): Markup {
  return markup`<span class="mark ${standing}"><span aria-hidden="true">${SIGNS[standing]}</span>${WORDS[standing]}</span>`;
}

/** The standing of several findings as one: the first in reading order; undefined when there are none. */
export function worstStanding(findings: readonly Finding[]): Standing | undefined {
  const standings = new Set(findings.map(standingOf));
  return STANDINGS.find((standing) => standings.has(standing));
}
