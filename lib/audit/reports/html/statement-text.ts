import type { DecidingStatement } from '../../../iam';

/** The statement and its policy. */
export function statementText({ policy, statement }: DecidingStatement): string {
  return `${statement} of ${policy}`;
}
