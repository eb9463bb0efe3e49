import { comparePermissions } from '../../audit/permission-drift/compare-permissions';
import { type EnvironmentPolicies, foreignRoleAccount } from '../../audit/policies/environment-policies';
import type { ControlPlane } from '../../aws/control-plane';
import { isSimulatedServer } from '../../aws/simulated-server';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { Catalogue } from '../../catalogue';
import { diagnoseChecks } from '../diagnosis/diagnose';
import { doubtsOf, withDoubts } from '../result/doubts';
import { type CheckResult, countsOf, VERIFICATION_VERSION, type Verification, verdictOf } from '../result/verification';
import { type AuditedEnvironment, readAuditedEnvironment } from './audited/audited-environment';
import type { AuditedStack } from './audited/stack-of-config';
import type { Comparison, ConfigurationCheck } from './comparison/configuration-check';
import { isExistingRole, onOwnResources } from './comparison/existing-role';
import { CONFIGURATION_CHECKS } from './configuration-checks';
import { readLiveEnvironment } from './live/read-live-environment';
import { identifyOperator } from './operator-identity';

export interface OperatorOptions {
  readonly config: BackupEnvironment;
  /** The synthesized stack that the config came from. */
  readonly stack: AuditedStack;
  readonly controlPlane: ControlPlane;
  /** Every action of every service, for what somebody may have added. */
  readonly catalogue: Catalogue;
  /** PEM, certificates that sign revocation lists. @default - those that the trust anchor holds */
  readonly authorities?: string;
  /** Whether answers of others than AWS are good enough for a pass, as in a rehearsal. @default false */
  readonly acceptsOtherEndpoints?: boolean;
  readonly now: () => Date;
  /** An id for the run. */
  readonly randomId: () => string;
}

/** Policies that affect the environment and are not read here. */
const NOT_ASSESSED = [
  'service control policies, resource control policies and VPC endpoint policies: they can only take away',
  'the account’s own Block Public Access, and its S3 access points',
];

/**
 * Compares the environment as the control plane tells it with what was audited. It only reads.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `AnotherAccount`, `NotAnOperator`,
 *   `StackOfAnotherSynthesis`; what keeps the stack from being read
 */
export async function verifyAsOperator(options: OperatorOptions): Promise<Verification> {
  const { config, controlPlane, now, acceptsOtherEndpoints = false } = options;
  const startedAt = now();
  const audited = readAuditedEnvironment(options.stack, config);
  const operator = await identifyOperator(controlPlane, config);
  const live = await readLiveEnvironment(controlPlane, config, options.authorities);
  const checks = judgeAll(
    { config, audited, live, now: startedAt, driftTo: driftFrom(audited, options.catalogue) },
    now,
  );
  const results = checks.map(({ result }) => result);
  const answeredBy = controlPlane.endpoints();
  const doubts = doubtsOf({ answeredBy, acceptsOtherEndpoints });
  return {
    version: VERIFICATION_VERSION,
    half: 'operator',
    verdict: withDoubts(verdictOf(results), doubts),
    environment: config.environment,
    account: config.aws.account,
    bucket: config.form.bucketName,
    role: operator.arn,
    ...([...controlPlane.serverNames()].some(isSimulatedServer) && { simulated: true }),
    runId: options.randomId(),
    startedAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    counts: countsOf(results),
    ...(doubts.length > 0 && { doubts }),
    answeredBy,
    ...(acceptsOtherEndpoints && { acceptedOtherEndpoints: true as const }),
    credentials: operator.credentials,
    evidence: config.evidence,
    checks: diagnoseChecks(checks, config, 'operator'),
    notExercised: [],
    notAssessed: [...notAskedOfOwner(audited), ...NOT_ASSESSED],
    ...(operator.warning !== undefined && { warnings: [operator.warning] }),
    leftovers: [],
  };
}

function driftFrom({ policies: before }: AuditedEnvironment, catalogue: Catalogue): Comparison['driftTo'] {
  const driftTo = (after: EnvironmentPolicies) => comparePermissions({ before, after, catalogue });
  return isExistingRole({ policies: before }) ? (after) => onOwnResources(driftTo(after)) : driftTo;
}

function judgeAll(comparison: Comparison, now: () => Date): readonly CheckResult[] {
  return CONFIGURATION_CHECKS.filter(isAsked(comparison)).map((check) => resultOf(check, comparison, now));
}

/** Checks about the role itself, which only the owner of a role of another account can answer. */
const OF_ROLE: ReadonlySet<string> = new Set([
  'role-settings',
  'role-attachments',
  'role-policies',
  'role-inline-policies',
  'role-boundary',
  'policy-holders',
]);

function isAsked(comparison: Comparison) {
  const isForeign = foreignRoleAccount(comparison.audited.policies) !== undefined;
  return ({ id, applies = () => true }: ConfigurationCheck) => !(isForeign && OF_ROLE.has(id)) && applies(comparison);
}

function notAskedOfOwner({ policies }: AuditedEnvironment): readonly string[] {
  const account = foreignRoleAccount(policies);
  if (account === undefined) return [];
  return [
    `the role ${policies.role.arn} itself, which only account ${account} can read: whom it trusts, its policies, its boundary and who else has it; not asked: ${[...OF_ROLE].join(', ')}`,
  ];
}

function resultOf(check: ConfigurationCheck, comparison: Comparison, now: () => Date): CheckResult {
  const startedAt = now().getTime();
  const { result, observed, detail, drift } = check.judge(comparison);
  return {
    id: check.id,
    title: check.title,
    kind: 'configuration',
    controls: check.controls,
    result,
    expected: check.passes,
    observed,
    detail,
    ...(drift && { drift }),
    ...(result !== 'pass' && { lookAt: check.lookAt }),
    attempts: 1,
    durationMs: now().getTime() - startedAt,
  };
}
