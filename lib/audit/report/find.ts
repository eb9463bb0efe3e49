import { ToolkitError } from '../../errors';
import { doubt } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { RULES } from '../rules';
import type { Subject } from '../subject/subject';
import type { Finding } from './audit-report';

/** What every rule says of the stack; a rule that has nothing to look at says so. */
export function findingsOf(subject: Subject): readonly Finding[] {
  return RULES.flatMap((rule) => {
    const outcomes = outcomesOf(rule, subject);
    return (outcomes.length === 0 ? [nothingToLookAt(rule)] : outcomes).map((outcome) => toFinding(rule, outcome));
  });
}

/** What the evaluator does not know the meaning of is a doubt, and keeps nothing else from being looked at. */
function outcomesOf(rule: Rule, subject: Subject): readonly Outcome[] {
  try {
    return rule.check(subject);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return [doubt(subjectOf(rule), error.message)];
  }
}

function subjectOf({ reads }: Rule): string {
  return reads.replace(/[:, ].*$/, '');
}

function nothingToLookAt(rule: Rule): Outcome {
  const detail = 'the stack has nothing that the rule is about';
  return { resource: subjectOf(rule), result: 'not-applicable', detail, evidence: [] };
}

export function toFinding(
  { id, title, rationale, remedy, controls }: Omit<Rule, 'check' | 'reads'>,
  { resource, about, result, detail, evidence }: Outcome,
): Finding {
  const at = about === undefined ? resource : `${resource}/${about}`;
  return { id: `${id}/${at}`, rule: id, title, rationale, remedy, controls, resource, result, detail, evidence };
}
