import type { Rule } from '../rule/rule';

/** What is asked when a report is held against an approved one. */
export const NO_NEW_ACCESS: Omit<Rule, 'check'> = {
  id: 'no-new-access',
  title: 'Nobody can do more than when the baseline was approved',
  rationale: 'Access that grows between reviews is access that nobody approved.',
  reads: 'the policies of both reports, by evaluation in every combination of circumstances',
  remedy: 'Take the access back, or have it accepted by somebody who answers for it (accept, in the file of waivers).',
  controls: { nist80053r5: ['AC-2', 'AC-6', 'CM-3', 'CM-4'] },
};
