import type { ProofItem } from '../permission-proof/proof';
import { failFor } from '../rule-kit/gathered';
import { doubt, doubtOver, listing, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';

/** The proof covers what bucket and key let a role of another account do; the rest is its owner's. */
function toDoubt({ title, evidence: { problem = '' } }: ProofItem): Outcome {
  return doubt('host.role', `${title}: ${problem}`);
}

export const permissionProof: Rule = {
  id: 'permission-proof',
  title: 'The role may do exactly what its capabilities need, and nobody else may do more than expected',
  rationale: 'One permission too many serves a thief of the role; one too few makes a backup fail at night.',
  reads: 'every policy of role, bucket and key, by evaluation over every action that AWS knows',
  remedy:
    'Look at the claims of the proof that fail: each names the statement to mend. Give the policies of a role of another account with --role-policy.',
  controls: { nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'] },
  check: ({ proof, roles, accountBase }) => {
    if (accountBase !== undefined) return [notApplicable('aws_iam_role', 'an account base has no role')];
    const at = roles[0]?.resource.address ?? 'aws_iam_role';
    if (proof.state !== 'known') {
      const because = proof.state === 'unknown' ? proof.because : 'there are no policies';
      return [{ ...doubtOver(proof, at, `nothing was proven: ${because}`), tells: because }];
    }
    const { counts, items, verdict } = proof.value;
    const right = pass(at, `${counts.pass} of ${counts.total} claims hold`);
    if (verdict === 'pass') return [right];
    if (verdict === 'unknown') return [right, ...items.filter(({ result }) => result === 'unknown').map(toDoubt)];
    const failed = items.filter(({ result }) => result === 'fail');
    const evidence = failed.map(({ title, evidence: { problem = '' } }) => ({ at: title, value: problem }));
    const named = listing(
      failed.map(({ title }) => title),
      3,
    );
    const detail = `${failed.length} of ${counts.total} claims do not hold: ${named}`;
    const facts = evidence.map(({ at: title, value }) => `${title}: ${value}`);
    return [failFor(at, facts, { detail, evidence })];
  },
};
