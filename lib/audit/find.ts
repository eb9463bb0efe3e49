import { ToolkitError } from '../errors';
import { linkHangingDoubts } from './hanging-doubts';
import type { Finding } from './report/audit-report';
import { doubt } from './rule-kit/outcome';
import type { Outcome, Rule } from './rule-kit/rule';
import { toFinding } from './rule-kit/to-finding';
import { RULES } from './rules';
import type { Subject } from './subject/subject';

/** Asks every rule about the stack, or those that are named; a rule that has nothing to look at says so. */
export function findingsOf(subject: Subject, rules: readonly Rule[] = RULES): readonly Finding[] {
  const judged = rules.flatMap((rule) => {
    const outcomes = outcomesOf(rule, subject);
    return (outcomes.length === 0 ? [nothingToLookAt(rule)] : outcomes).map((outcome) => ({
      finding: toFinding(rule, outcome),
      outcome,
    }));
  });
  return linkHangingDoubts(judged, subject);
}

/** A policy element that the evaluator does not know is a doubt, and keeps nothing else from being judged. */
function outcomesOf(rule: Rule, subject: Subject): readonly Outcome[] {
  try {
    return rule.check(subject);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return [{ ...doubt(subjectOf(rule), error.message), because: error.message }];
  }
}

function subjectOf({ reads }: Rule): string {
  return reads.replace(/[:, ].*$/, '');
}

function nothingToLookAt(rule: Rule): Outcome {
  const detail = 'the stack has nothing that the rule is about';
  return { resource: subjectOf(rule), result: 'not-applicable', detail, evidence: [] };
}
