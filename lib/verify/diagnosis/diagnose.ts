import type { BackupEnvironment } from '../../backup-environment/schema';
import { wordsOnHost } from '../../backup-environment/told-host';
import type { Diagnosis, EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import type { CheckResult, Observation, Verification } from '../result/verification';
import { CREDENTIAL_PATTERNS } from './credential-patterns';
import { DENIAL_PATTERNS } from './denial-patterns';
import { foundOtherwise } from './found-otherwise';
import { KEY_PATTERNS } from './key-patterns';
import { letThrough } from './let-through';
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
export function diagnoseChecks(
  checks: readonly CheckResult[],
  config: BackupEnvironment,
  half: Verification['half'],
): readonly CheckResult[] {
  const facts = { ...environmentFacts(config), half };
  return checks.map((check) => {
    const changed = isChanged(check) ? [changedSince(check, config)] : [];
    const diagnoses = check.result === 'pass' ? [] : joined([...changed, ...diagnoseCheck(check, facts)]);
    return diagnoses.length === 0 ? check : { ...check, diagnoses };
  });
}

/** The causes that the evidence of one check points to. */
function diagnoseCheck(check: CheckResult, facts: EnvironmentFacts): readonly Diagnosis[] {
  const { id: checkId, kind, result, observed } = check;
  const refusals = observed.flatMap(evidenceOf);
  const refused = refusals.flatMap((evidence) => diagnose(evidence, facts) ?? []);
  return [
    ...(kind === 'negative' && result === 'fail' ? [letThrough(checkId, facts)] : []),
    ...(kind === 'positive' && result === 'fail' && refusals.length === 0
      ? [foundOtherwise(checkId, answersOf(check), facts)]
      : []),
    // A call that had to be refused, and was, needs no cause.
    ...(kind === 'negative' ? refused.filter(({ id }) => !DENIAL_IDS.has(id)) : refused),
  ];
}

/** Each cause once. */
function joined(found: readonly Diagnosis[]): readonly Diagnosis[] {
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

/** Whether what is live is not what was audited. */
function isChanged({ kind, result, drift }: CheckResult): boolean {
  return drift !== undefined || (kind === 'configuration' && result === 'fail');
}

function changedSince({ id }: CheckResult, { environment, host }: BackupEnvironment): Diagnosis {
  if (host.kind === 'existing-role' && OF_THE_OWNER.has(id) && !host.attached) return CHANGED_BY_OWNER;
  return {
    id: 'changed-since-audit',
    cause: 'The live configuration is not the audited one: it was changed since, by hand or by another tool.',
    fix: `To put it back: terraform plan in the stack’s folder shows the change, terraform apply takes it back. To keep it: vault-env adopt ${environment} says what that would change, and with --write proposes the lines of the environment file. CloudTrail tells who made it.`,
  };
}

/** Facts about a role that exists already which the stack leaves to its owner. */
const OF_THE_OWNER: ReadonlySet<string> = new Set(['role-attachments', 'role-inline-policies', 'role-boundary']);

const CHANGED_BY_OWNER: Diagnosis = {
  id: 'changed-by-owner',
  cause: 'The role is not as the environment needs it: its owner, or somebody else, changed it or left something out.',
  fix: 'Have its owner put it right: the stack leaves the role as it is, and the settings sheet names the policies that it must carry. CloudTrail tells who made the change.',
};

/** Several answers as one. */
function answersOf({ observed }: CheckResult): string {
  return [...new Set(observed.map(({ answer }) => answer))].join(' and ');
}

function evidenceOf({ call, answer, status, requestId, message }: Observation): readonly Evidence[] {
  return message === undefined ? [] : [{ call, code: answer, status, requestId, message }];
}

/** The names that causes are worded with. */
export function environmentFacts(config: BackupEnvironment): EnvironmentFacts {
  const { account, region, roleArn, keyArn, formerKeyArns } = config.aws;
  return { account, region, roleArn, keyArn, formerKeyArns, bucket: config.form.bucketName, host: wordsOnHost(config) };
}
