import { createHash } from 'node:crypto';
import { doubt, fail, listing, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';

/** Hexadecimal; long enough that no two sets of claims meet by chance. */
const SUM_DIGITS = 16;

export const permissionProof: Rule = {
  id: 'permission-proof',
  title: 'The role may do exactly what its capabilities need, and nobody else may do more than expected',
  rationale: 'A permission too many is what a stolen role takes; one too few is a backup that fails at night.',
  reads: 'every policy of role, bucket and key, by evaluation over every action that AWS knows',
  remedy: 'Look at the claims of the proof that fail: each names the statement to mend.',
  controls: { nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'] },
  check: ({ proof, roles }) => {
    const at = roles[0]?.resource.address ?? 'aws_iam_role';
    if (proof.state !== 'known') {
      return [doubt(at, `nothing was proven: ${proof.state === 'unknown' ? proof.because : 'there are no policies'}`)];
    }
    const { counts, items, verdict } = proof.value;
    if (verdict === 'pass') return [pass(at, `${counts.pass} of ${counts.total} claims hold`)];
    const failed = items.filter(({ result }) => result === 'fail');
    const evidence = failed.map(({ title, evidence: { problem = '' } }) => ({ at: title, value: problem }));
    const about = sumOf(evidence);
    const named = listing(
      failed.map(({ title }) => title),
      3,
    );
    const detail = `${failed.length} of ${counts.total} claims do not hold: ${named} (a waiver of these names the resource ${at}/${about})`;
    return [{ ...fail(at, detail, evidence), about }];
  },
};

/** Another claim that fails is another finding, which a waiver of the earlier ones does not cover. */
function sumOf(claims: Outcome['evidence']): string {
  const lines = claims.map(({ at, value }) => `${at}: ${value}`).sort();
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, SUM_DIGITS);
}
