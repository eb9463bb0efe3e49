import type { Rule } from '../rule-kit/rule';

/** The rules for comparing a report with an approved one. */
export const NO_NEW_ACCESS: Omit<Rule, 'check'> = {
  id: 'no-new-access',
  title: 'Nobody can do more than when the baseline was approved',
  rationale: 'Access that grows between reviews is access that nobody approved.',
  reads: 'the policies of both reports, by evaluation in every combination of circumstances',
  remedy: 'Take the access back, or have it accepted by somebody who answers for it (accept, in the file of waivers).',
  controls: { nist80053r5: ['AC-2', 'AC-6', 'CM-3', 'CM-4'] },
};

export const BASELINE_SOUND: Omit<Rule, 'check'> = {
  id: 'baseline-sound',
  title: 'The baseline is a report that could have been approved',
  rationale: 'A comparison with a report that failed, is of another day, or was edited, proves nothing.',
  reads: 'the baseline: verdict, counts, asOf, catalogue',
  remedy: 'Approve a report that passes, keep its SHA-256, and name it with --baseline-sha256.',
  controls: { nist80053r5: ['CM-3', 'AU-9'] },
};

export const BASELINE_KEEPS_DATA: Omit<Rule, 'check'> = {
  id: 'baseline-keeps-data',
  title: 'Nothing that was approved ends, or is kept for less time',
  rationale: 'Versions, locks and keys are relied on for as long as they were approved for.',
  reads:
    'what both reports keep of buckets, keys, versioning, lifecycle, Object Lock and public access; identity policies; account and region',
  remedy: 'Take the change back, or have the loss accepted by somebody who answers for it (accept, with loss).',
  controls: { fsbp: ['KMS.3'], nist80053r5: ['CM-3', 'CP-9', 'SC-12'] },
};

export const STATE_STAYS_SHARED: Omit<Rule, 'check'> = {
  id: 'state-stays-shared',
  title: 'The state stays where it was',
  rationale: 'Over an empty state the next apply makes everything a second time.',
  reads:
    'terraform.backend and terraform.cloud of both reports: the kind, and bucket, key, region, or organization, workspace, hostname',
  remedy:
    'Put the backend back before anything is planned or applied; or move the state with terraform init -migrate-state, and approve a new baseline.',
  controls: { nist80053r5: ['CM-3', 'CP-9', 'SC-28'] },
};
