import type { BackupEnvironment } from '../../backup-environment/schema';
import { wordsOnHost } from '../../backup-environment/told-host';
import type { Diagnosis, EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import type { CheckResult, Observation } from '../result/verification';
import { CREDENTIAL_PATTERNS } from './credential-patterns';
import { DENIAL_PATTERNS } from './denial-patterns';
import { KEY_PATTERNS } from './key-patterns';
import { NETWORK_PATTERNS } from './network-patterns';
import { REQUEST_PATTERNS } from './request-patterns';

/** Every pattern; the first that fits decides, and what a proxy answers must not be taken for AWS's word. */
export const PATTERNS: readonly Pattern[] = [
  ...NETWORK_PATTERNS,
  ...REQUEST_PATTERNS,
  ...KEY_PATTERNS,
  ...CREDENTIAL_PATTERNS,
  ...DENIAL_PATTERNS,
];

/** Vault's message for a backup that did not reach the bucket. */
const WRITE_FAILED = 'Failed to write backup to storage';
const WRITES = /^(PutObject|CreateMultipartUpload|UploadPart|CompleteMultipartUpload)( |$)/;

/** Adds to each check that did not pass what its answers say of the cause. Pure. */
export function diagnoseChecks(checks: readonly CheckResult[], config: BackupEnvironment): readonly CheckResult[] {
  return checks.map((check) => {
    const diagnoses = check.result === 'pass' ? [] : diagnoseCheck(check, environmentFacts(config));
    return diagnoses.length === 0 ? check : { ...check, diagnoses };
  });
}

/** The causes that the evidence of one check points to, each once. */
function diagnoseCheck({ kind, result, observed, drift }: CheckResult, facts: EnvironmentFacts): readonly Diagnosis[] {
  const refused = observed.flatMap(evidenceOf).flatMap((evidence) => diagnose(evidence, facts) ?? []);
  const found = [
    ...(drift === undefined ? [] : [CHANGED_SINCE]),
    ...(kind === 'negative' && result === 'fail' ? [ALLOWED] : []),
    // A call that had to be refused, and was, needs no cause.
    ...(kind === 'negative' ? refused.filter(({ id }) => !DENIAL_IDS.has(id)) : refused),
  ];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** The cause that one answer points to; `undefined` where no pattern fits. */
export function diagnose(evidence: Evidence, facts: EnvironmentFacts): Diagnosis | undefined {
  const pattern = PATTERNS.find(({ fits }) => fits(evidence, facts));
  if (pattern === undefined) return undefined;
  return {
    id: pattern.id,
    cause: pattern.cause(evidence, facts),
    fix: pattern.fix(evidence, facts),
    ...(WRITES.test(evidence.call) && { inVault: WRITE_FAILED }),
  };
}

const DENIAL_IDS: ReadonlySet<string> = new Set(DENIAL_PATTERNS.map(({ id }) => id));

const CHANGED_SINCE: Diagnosis = {
  id: 'changed-since-audit',
  cause: 'The policy was changed after it was audited, by hand or by another tool.',
  fix: 'terraform plan in the stack’s folder shows the change and terraform apply takes it back; CloudTrail tells who made it.',
};

const ALLOWED: Diagnosis = {
  id: 'allowed',
  cause: 'No statement of the role’s policies, the bucket policy or the key policy refuses it.',
  fix: 'vault-env verify --as operator names the statement that was added or is missing; terraform apply puts the audited policies back.',
};

function evidenceOf({ call, answer, status, requestId, message }: Observation): readonly Evidence[] {
  return message === undefined ? [] : [{ call, code: answer, status, requestId, message }];
}

/** The names that causes are worded with. */
export function environmentFacts(config: BackupEnvironment): EnvironmentFacts {
  const { account, region, roleArn, keyArn, formerKeyArns } = config.aws;
  return { account, region, roleArn, keyArn, formerKeyArns, bucket: config.form.bucketName, host: wordsOnHost(config) };
}
