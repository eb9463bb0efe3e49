import type { Finding } from '../report/audit-report';
import type { Rule } from '../rule-kit/rule';
import { toFinding } from '../rule-kit/to-finding';
import type { WaiverEntry } from './waiver';

export type Flaw = 'incomplete' | 'expired' | 'endless' | 'repeated' | 'unused';

type WaiverRule = Omit<Rule, 'check'> & { readonly because: (entry: WaiverEntry) => string };

/** The rule about waivers themselves. */
export const WAIVER_RULES: Readonly<Record<Flaw, WaiverRule>> = {
  incomplete: {
    id: 'waiver-incomplete',
    title: 'Somebody answers for every waiver',
    rationale: 'An exception without a reason, an owner and an end is forgotten, and stays.',
    reads: 'the file of waivers: reason, owner, expires',
    remedy: 'Write reason, owner and expires, or take the waiver out.',
    controls: {},
    because: ({ target, reason, owner, expires }) => {
      const missing = Object.entries({ reason, owner, expires }).flatMap(([name, value]) =>
        value === undefined ? [name] : [],
      );
      return `the waiver of ${target} has no ${missing.join(', no ')}, so it does not count`;
    },
  },
  expired: {
    id: 'waiver-expired',
    title: 'No waiver is past its day',
    rationale: 'An exception was granted for a time; afterwards it has to be asked for again.',
    reads: 'the file of waivers: expires',
    remedy: 'Mend what was waived, or have the waiver renewed by its owner.',
    controls: {},
    because: ({ target, expires, owner }) =>
      `the waiver of ${target} ended on ${expires} (${owner}), so it does not count`,
  },
  endless: {
    id: 'waiver-endless',
    title: 'Every waiver ends within two years',
    rationale: 'An exception without an end in sight is a rule that somebody took away.',
    reads: 'the file of waivers: expires',
    remedy: 'Write a day on which somebody will look again, within two years.',
    controls: {},
    because: ({ target, expires }) => `the waiver of ${target} holds until ${expires}, so it does not count`,
  },
  repeated: {
    id: 'waiver-repeated',
    title: 'Every waiver stands once',
    rationale: 'Of two waivers of one thing nobody knows whose reason and whose day hold.',
    reads: 'the file of waivers: rule, resource, access, loss',
    remedy: 'Keep the one that somebody answers for, and take the other out.',
    controls: {},
    because: ({ target }) => `another entry before it names ${target} as well`,
  },
  unused: {
    id: 'waiver-unused',
    title: 'Every waiver waives something',
    rationale: 'A waiver that waits for a failure would hide it when it comes.',
    reads: 'the file of waivers: rule, resource, access, loss',
    remedy:
      'Take the waiver out; look at rule and resource if it was meant for something else. A loss takes an accept entry.',
    controls: {},
    because: ({ target }) => `nothing to waive is called ${target}`,
  },
};

export function waiverFinding(entry: WaiverEntry, flaw: Flaw): Finding {
  const { because, ...rule } = WAIVER_RULES[flaw];
  return toFinding(rule, {
    resource: entry.at,
    result: 'fail',
    detail: because(entry),
    evidence: [{ at: entry.at, value: entry.target }],
  });
}
