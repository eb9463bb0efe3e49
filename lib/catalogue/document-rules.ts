import type { PolicyProblem } from './policy-problem';
import type { StatementFacts } from './statement-facts';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
export function findDuplicateSids(statements: readonly StatementFacts[]): readonly PolicyProblem[] {
  const seen = new Set<string>();
  return statements
    .flatMap(({ sid }) => (sid === undefined || sid.text === '' ? [] : [sid]))
    .filter(({ text }) => seen.size === seen.add(text).size)
    .map(({ text, pointer }) => ({ pointer, rule: 'duplicate-sid', message: "'Sid' must be unique", got: text }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export function findInertVariables(version: unknown, statements: readonly StatementFacts[]): readonly PolicyProblem[] {
  if (version === '2012-10-17') return [];
  const texts = statements.flatMap(({ resources, conditions }) => [
    ...resources,
    ...conditions.flatMap(({ values }) => values),
  ]);
  return texts
    .filter(({ text }) => text.includes('${') && text.includes('}', text.indexOf('${')))
    .map(({ text, pointer }) => ({
      pointer,
      rule: 'variable-in-old-version',
      message: 'a policy variable is ordinary text before version 2012-10-17',
      got: text,
      fix: "write 'Version': '2012-10-17'",
    }));
}
