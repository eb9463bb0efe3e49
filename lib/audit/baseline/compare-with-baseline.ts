import type { Catalogue } from '../../catalogue';
import { ToolkitError } from '../../errors';
import type { AccessChange, AuditReport, BaselineComparison, Finding } from '../audit-report';
import { toFinding } from '../find';
import { comparePermissions } from '../permission-drift/compare-permissions';
import { doubt, fail, pass } from '../rule/outcome';
import { problemsOf } from '../waivers/apply-waivers';
import { flawOf, toApplied, type WaiverEntry } from '../waivers/waiver';
import { accessChanges } from './access-changes';
import { NO_NEW_ACCESS } from './baseline-rules';
import { policiesOfReport } from './recorded-policies';

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
  /** New access, one failure for each caller and action, and what is wrong with the entries that accept it. */
  readonly findings: readonly Finding[];
}

/**
 * Says what has changed since a report was approved: resources, what anybody can do, and findings.
 *
 * @throws {ToolkitError} `BaselineOfAnotherEnvironment`
 */
export function compareWithBaseline(input: BaselineInput): Compared {
  const { name, baseline, report, accept, asOf } = input;
  assertSameEnvironment(input);
  const access = accessBetween(input);
  const sound = new Map(accept.filter((one) => flawOf(one, asOf) === undefined).map((one) => [one.target, one]));
  const gained = access?.gained.map((change): AccessChange => {
    const entry = sound.get(change.id);
    return entry === undefined ? change : { ...change, accepted: toApplied(entry) };
  });
  return {
    comparison: {
      baseline: name,
      resources: resourcesBetween(baseline, report),
      ...(access && gained && { access: { gained, lost: access.lost } }),
      findings: findingsBetween(baseline, report),
    },
    findings: [...accessFindings(gained), ...problemsOf(accept, new Set((gained ?? []).map(({ id }) => id)), asOf)],
  };
}

function assertSameEnvironment({ name, baseline, report }: BaselineInput): void {
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
  return accessChanges(comparePermissions({ before, after, catalogue }));
}

function accessFindings(gained: readonly AccessChange[] | undefined): readonly Finding[] {
  if (gained === undefined) {
    return [
      toFinding(NO_NEW_ACCESS, doubt('access', 'the policies of one of the two reports could not be read in full')),
    ];
  }
  if (gained.length === 0) return [toFinding(NO_NEW_ACCESS, pass('access', 'nobody can do more'))];
  return gained.map(({ id, caller, action, resources, example, accepted }) => {
    const when = example === '' ? '' : ` with ${example}`;
    const outcome = fail(id, `${caller} can now do ${action} on ${resources.join(', ')}${when}`);
    return { ...toFinding(NO_NEW_ACCESS, outcome), ...(accepted && { waiver: accepted }) };
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
