import type { DecidingStatement } from '../../../iam';

/** The statement and its policy; the proof blames one that should be there by the policy `missing`. */
export function statementText({ policy, statement }: DecidingStatement): string {
  return policy === 'missing' ? `${statement}, which is missing` : `${statement} of ${policy}`;
}
