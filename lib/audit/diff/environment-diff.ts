import type { Tool } from '../../tool';
import type {
  AccessChange,
  AppliedWaiver,
  AuditReport,
  AuditVerdict,
  EvidenceItem,
  Finding,
} from '../report/audit-report';
import { findingPlace } from '../report/finding-place';
import type { PlannedChange } from '../stack/stack-document';
import { isLoss } from '../waivers/acceptance';
import type { Refusal } from './refused-plan';

/** Version of the result document; a reader refuses any other. */
export const DIFF_VERSION = 1;

/** Addresses by what the plan does to them; what stays as it is is left out. */
export type PlannedActions = Readonly<
  Record<'create' | 'update' | 'replace' | 'destroy' | 'forget', readonly string[]>
> & {
  /** Existing things that are taken over, changed or not; missing where there are none. */
  readonly import?: readonly string[];
};

/** Something that the plan ends, or ends sooner. */
export interface PlannedLoss {
  /** The name that an `accept` entry uses. */
  readonly loss: string;
  readonly detail: string;
  /** False where it cannot be told. */
  readonly isCertain: boolean;
  readonly evidence: readonly EvidenceItem[];
  readonly accepted?: AppliedWaiver;
}

/** Who can do more, or less, than was approved, or else than with what is deployed; or why nobody can tell. */
export type DiffAccess = { readonly since: 'baseline' | 'deployed' } & (
  | { readonly gained: readonly AccessChange[]; readonly lost: readonly AccessChange[] }
  | { readonly unknown: string }
);

/** The effect of a plan, for a person who is about to apply it. */
export interface EnvironmentDiff {
  readonly version: typeof DIFF_VERSION;
  /** The version that judged; missing where a library was asked. */
  readonly tool?: Tool;
  readonly environment: string;
  /** The audit's verdict on stack and plan; `fail` where nothing was planned. */
  readonly verdict: AuditVerdict;
  /** Missing where nothing was planned. */
  readonly changes?: PlannedActions;
  readonly losses: readonly PlannedLoss[];
  /** Missing where nothing was planned, and where nothing is deployed yet. */
  readonly access?: DiffAccess;
  /** Everything else that the audit does not pass. */
  readonly findings: readonly { readonly id: string; readonly result: string; readonly detail: string }[];
  /** Why nothing was planned, and what to write instead. */
  readonly refusals: readonly Refusal[];
}

/** @param planned - access after the plan, held against what is deployed; a baseline takes its place */
export function diffOf(
  report: AuditReport,
  changes: readonly PlannedChange[],
  planned: DiffAccess | undefined,
): EnvironmentDiff {
  const open = report.findings.filter(({ result }) => result === 'fail' || result === 'unknown');
  const approved = report.baseline?.access;
  const access = approved === undefined ? planned : { since: 'baseline' as const, ...approved };
  return {
    version: DIFF_VERSION,
    environment: report.environment,
    verdict: report.verdict,
    changes: actionsOf(changes),
    losses: open.filter(isLoss).map(toLoss),
    ...(access && { access }),
    findings: open
      .filter((one) => !isLoss(one) && one.waiver === undefined)
      .map(({ id, result, detail }) => ({ id, result, detail })),
    refusals: [],
  };
}

/** The answer where a resource that must stay would be destroyed, or left behind in another place. */
export function refusedDiff(environment: string, refusals: readonly Refusal[]): EnvironmentDiff {
  return { version: DIFF_VERSION, environment, verdict: 'fail', losses: [], findings: [], refusals };
}

function toLoss(finding: Finding): PlannedLoss {
  const { detail, result, evidence, waiver } = finding;
  return {
    loss: findingPlace(finding),
    detail,
    isCertain: result === 'fail',
    evidence,
    ...(waiver && { accepted: waiver }),
  };
}

function actionsOf(changes: readonly PlannedChange[]): PlannedActions {
  const of = (kind: string) => changes.filter(({ actions }) => kindOf(actions) === kind).map(({ address }) => address);
  const imported = changes.filter(({ importing }) => importing !== undefined).map(({ address }) => address);
  return {
    ...(imported.length > 0 && { import: imported }),
    create: of('create'),
    update: of('update'),
    replace: of('replace'),
    destroy: of('delete'),
    forget: of('forget'),
  };
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
function kindOf(actions: readonly string[]): string | undefined {
  return actions.length > 1 ? 'replace' : actions[0];
}
