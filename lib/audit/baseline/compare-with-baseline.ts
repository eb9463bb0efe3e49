import type { Catalogue } from '../../catalogue';
import { ToolkitError } from '../../errors';
import { lossOutcome } from '../losses/loss-outcome';
import { comparePermissions } from '../permission-drift/compare-permissions';
import type { AccessChange, AuditReport, BaselineComparison, Finding } from '../report/audit-report';
import { findingPlace } from '../report/finding-place';
import { doubt, fail, pass } from '../rule-kit/outcome';
import { toFinding } from '../rule-kit/to-finding';
import { acceptance } from '../waivers/acceptance';
import { toApplied, type WaiverEntry } from '../waivers/waiver';
import { accessChanges } from './access-changes';
import { alignCreatedKey } from './align-created-key';
import { baselineLosses } from './baseline-losses';
import { BASELINE_KEEPS_DATA, BASELINE_SOUND, NO_NEW_ACCESS, STATE_STAYS_SHARED } from './baseline-rules';
import { baselineSoundness } from './baseline-soundness';
import { foldAccess } from './fold-access';
import { policiesOfReport } from './recorded-policies';
import { compareBackends } from './state-backends';

export interface BaselineInput {
  /** How to call the baseline. */
  readonly name: string;
  readonly baseline: AuditReport;
  readonly report: AuditReport;
  readonly catalogue: Catalogue;
  /** New access that somebody answers for. */
  readonly accept: readonly WaiverEntry[];
  readonly asOf: string;
}

export interface Compared {
  readonly comparison: BaselineComparison;
  /** New access, one failure for each cause; what ends that was approved; a state that was shared and is not. */
  readonly findings: readonly Finding[];
}

/**
 * Says what has changed since a report was approved: resources, what anybody can do, and findings.
 *
 * @throws {ToolkitError} `BaselineOfAnotherEnvironment`
 */
export function compareWithBaseline(input: BaselineInput): Compared {
  const { name, report, accept, asOf } = input;
  requireSameEnvironment(input);
  const baseline = aligned(input);
  const access = accessBetween({ ...input, baseline });
  const entryOf = acceptance(accept, asOf);
  const gained = access?.gained.map((change): AccessChange => {
    const entry = entryOf(change.id);
    return entry === undefined ? change : { ...change, accepted: toApplied(entry) };
  });
  return {
    comparison: {
      baseline: name,
      resources: resourcesBetween(baseline, report),
      ...(access && gained && { access: { gained, lost: access.lost } }),
      findings: findingsBetween(baseline, report),
    },
    findings: [
      toFinding(BASELINE_SOUND, baselineSoundness(input.baseline, report)),
      ...accessFindings(gained, entryOf),
      ...lossFindings(baseline, report),
      toFinding(STATE_STAYS_SHARED, compareBackends(baseline, report)),
    ],
  };
}

function aligned({ baseline, report }: BaselineInput): AuditReport {
  const access = alignCreatedKey(baseline, report);
  return access === undefined ? baseline : { ...baseline, access };
}

/** A loss that the plan shows is not reported a second time. */
function lossFindings(baseline: AuditReport, report: AuditReport): readonly Finding[] {
  const planned = new Set(report.findings.filter(({ rule }) => rule === 'plan-keeps-data').map(findingPlace));
  const found = baselineLosses(baseline, report).map((loss) => toFinding(BASELINE_KEEPS_DATA, lossOutcome(loss)));
  const losses = found.filter((one) => !planned.has(findingPlace(one)));
  return losses.length > 0
    ? losses
    : [toFinding(BASELINE_KEEPS_DATA, pass('baseline', 'nothing that was approved ends'))];
}

function requireSameEnvironment({ name, baseline, report }: BaselineInput): void {
  if (baseline.environment === report.environment) return;
  throw new ToolkitError(
    'BaselineOfAnotherEnvironment',
    `'${name}' must be a report of ${report.environment}, got: one of ${baseline.environment}`,
  );
}

function accessBetween({ baseline, report, catalogue }: BaselineInput) {
  if (baseline.access === undefined || report.access === undefined) return undefined;
  const before = policiesOfReport(baseline, baseline.access);
  const after = policiesOfReport(report, report.access);
  return accessChanges({
    before: { policies: before, resources: baseline.resources },
    after: { policies: after, resources: report.resources },
    drifts: comparePermissions({ before, after, catalogue }),
  });
}

function accessFindings(
  gained: readonly AccessChange[] | undefined,
  entryOf: (name: string) => WaiverEntry | undefined,
): readonly Finding[] {
  if (gained === undefined) {
    return [
      toFinding(NO_NEW_ACCESS, doubt('access', 'the policies of one of the two reports could not be read in full')),
    ];
  }
  if (gained.length === 0) return [toFinding(NO_NEW_ACCESS, pass('access', 'nobody can do more'))];
  return foldAccess(gained, entryOf).map(({ name, detail, changes }) => {
    const evidence =
      changes.length === 1 ? [] : changes.map((one) => ({ at: one.id, value: one.resources.join(', ') }));
    const accepted = changes[0]?.accepted;
    return { ...toFinding(NO_NEW_ACCESS, fail(name, detail, evidence)), ...(accepted && { waiver: accepted }) };
  });
}

function resourcesBetween(baseline: AuditReport, report: AuditReport): BaselineComparison['resources'] {
  const before = new Map(baseline.resources.map(({ address, sha256 }) => [address, sha256]));
  const after = new Map(report.resources.map(({ address, sha256 }) => [address, sha256]));
  return {
    added: [...after.keys()].filter((address) => !before.has(address)),
    removed: [...before.keys()].filter((address) => !after.has(address)),
    changed: [...after]
      .filter(([address, sum]) => before.has(address) && before.get(address) !== sum)
      .map(([address]) => address),
  };
}

function findingsBetween(baseline: AuditReport, report: AuditReport): BaselineComparison['findings'] {
  const openIn = ({ findings }: AuditReport) =>
    new Set(
      findings
        .filter(({ result, waiver }) => (result === 'fail' || result === 'unknown') && waiver === undefined)
        .map(({ id }) => id),
    );
  const [before, after] = [openIn(baseline), openIn(report)];
  return { gained: [...after].filter((id) => !before.has(id)), lost: [...before].filter((id) => !after.has(id)) };
}
