import { createHash } from 'node:crypto';
import type { EvidenceItem } from '../report/audit-report';
import { doubt, fail, listing } from './outcome';
import type { Outcome } from './rule';

/** Hexadecimal; long enough that no two sets of facts meet by chance. */
const SUM_DIGITS = 16;

/** One of the facts that a finding gathers; `whole` also says what the text leaves out. */
export type Fact = string | { readonly text: string; readonly whole: string };

interface Gathering {
  readonly evidence?: readonly EvidenceItem[];
  /** Left out, the facts one after the other. */
  readonly detail?: string;
}

type Gather = (resource: string, facts: readonly Fact[], gathering?: Gathering) => Outcome;

const gathering =
  (say: typeof fail): Gather =>
  (resource, facts, { evidence = [], detail = facts.map(textOf).join('; ') } = {}) => ({
    ...say(resource, detail, evidence),
    about: sumOf(facts),
  });

/** Several facts in one finding. Its id ends in their sum: another fact is another finding, which a waiver of the earlier ones does not cover. */
export const failFor = gathering(fail);
export const doubtFor = gathering(doubt);

/** A doubt whose id also ends in the sum of what it says: a waiver of it covers no failure that stands in its place later. */
export function boundDoubt(outcome: Outcome): Outcome {
  const sum = sumOf([outcome.detail]);
  return { ...outcome, about: outcome.about === undefined ? sum : `${outcome.about}/${sum}` };
}

/** A fact about a few names of many. */
export function factAbout(names: readonly string[], say: (named: string) => string, most?: number): Fact {
  return { text: say(listing(names, most)), whole: say([...new Set(names)].sort().join(', ')) };
}

/** The fact in other words, of which it is a part. */
export function within(fact: Fact, say: (said: string) => string): Fact {
  return typeof fact === 'string' ? say(fact) : { text: say(fact.text), whole: say(fact.whole) };
}

/** A few of many facts, in words. */
export function listFacts(facts: readonly Fact[], most?: number): string {
  return listing(facts.map(textOf), most);
}

function textOf(fact: Fact): string {
  return typeof fact === 'string' ? fact : fact.text;
}

function sumOf(facts: readonly Fact[]): string {
  const whole = facts.map((fact) => (typeof fact === 'string' ? fact : fact.whole));
  return createHash('sha256')
    .update(JSON.stringify([...new Set(whole)].sort()))
    .digest('hex')
    .slice(0, SUM_DIGITS);
}
