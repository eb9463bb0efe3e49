import type { Finding } from './audit-report';
import type { Outcome, Rule } from './rule/rule';
import { RULES } from './rules';
import type { Subject } from './subject/subject';

/** What every rule says of the stack; a rule that has nothing to look at says so. */
export function findingsOf(subject: Subject): readonly Finding[] {
  return RULES.flatMap((rule) => {
    const outcomes = rule.check(subject);
    return (outcomes.length === 0 ? [nothingToLookAt(rule)] : outcomes).map((outcome) => toFinding(rule, outcome));
  });
}

function nothingToLookAt({ reads }: Rule): Outcome {
  const detail = 'the stack has nothing that the rule is about';
  return { resource: reads.replace(/[:, ].*$/, ''), result: 'not-applicable', detail, evidence: [] };
}

export function toFinding(
  { id, title, rationale, remedy, controls }: Omit<Rule, 'check' | 'reads'>,
  { resource, result, detail, evidence }: Outcome,
): Finding {
  return { id: `${id}/${resource}`, rule: id, title, rationale, remedy, controls, resource, result, detail, evidence };
}
