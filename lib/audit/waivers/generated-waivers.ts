import type { EncryptionMethod } from '../policies/environment-policies';
import type { AppliedWaiver, Finding } from '../report/audit-report';

/** The controls that an encryption method gives up, and why that is a choice. */
const FORCED: Readonly<Record<EncryptionMethod, Readonly<Record<string, string>>>> = {
  'AES-256': {
    'bucket-kms-encryption':
      'The environment declares the method AES-256, as the administrator of Vault types it: S3 then manages the keys (SSE-S3). The method AWS-KMS satisfies the control.',
  },
  'AWS-KMS': {},
};

const WITHOUT_END = '9999-12-31';

/** Puts waivers on the failures that follow from the declared encryption method alone; a doubt is never waived so. */
export function applyGeneratedWaivers(
  findings: readonly Finding[],
  environment: string,
  method: EncryptionMethod | undefined,
): readonly Finding[] {
  if (method === undefined) return findings;
  return findings.map((finding) => {
    const reason = FORCED[method][finding.rule];
    if (reason === undefined || finding.result !== 'fail') return finding;
    const waiver: AppliedWaiver = {
      reason,
      owner: `environment ${environment}`,
      expires: WITHOUT_END,
      source: 'generated',
    };
    return { ...finding, waiver };
  });
}
