import type { Policy, Statement } from '../../iam';
import type { PolicyReading, Subject } from '../subject/subject';
import { type Fact, failFor, listFacts, within } from './gathered';
import { doubtOver, pass } from './outcome';
import type { Outcome } from './rule';

/** Problems of one Allow statement, in one clause each. */
type Judge = (statement: Statement, policy: Policy) => readonly Fact[];

const INLINE_TYPES: ReadonlySet<string> = new Set([
  'aws_iam_role_policy',
  'aws_iam_user_policy',
  'aws_iam_group_policy',
]);

export function isInline({ resource }: PolicyReading): boolean {
  return INLINE_TYPES.has(resource.type);
}

/** One outcome for each identity policy, from its Allow statements. */
export function judgeIdentityPolicies(
  { policies }: Subject,
  right: string,
  judge: Judge,
  concerns: (reading: PolicyReading) => boolean = () => true,
): readonly Outcome[] {
  return policies
    .filter((reading) => reading.kind === 'identity' && concerns(reading))
    .map(({ resource, policy }) => {
      if (policy.state !== 'known') {
        return doubtOver(
          policy,
          resource.address,
          `the policy is not known${policy.state === 'unknown' ? `: ${policy.because}` : ''}`,
        );
      }
      const allowing = policy.value.statements.filter(({ effect }) => effect === 'Allow');
      const problems = allowing.flatMap((statement) =>
        judge(statement, policy.value).map((problem) => within(problem, (said) => `'${statement.id}' ${said}`)),
      );
      return problems.length === 0
        ? pass(resource.address, right)
        : failFor(resource.address, problems, { detail: listFacts(problems, 4) });
    });
}
