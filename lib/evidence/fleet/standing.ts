import type { AppliedWaiver } from '../../audit/report/audit-report';
import { AUDIT_JSON, OPERATOR_VERIFICATION_JSON, readDocument, VERIFICATION_JSON } from '../known-documents';
import type { EndingWaiver, StandingResult } from './fleet-summary';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The days that a fleet is judged by. */
export interface FleetDays {
  /** As `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly soonDays: number;
}

/** The results that an evidence folder holds; one that is not there is left out. */
export interface Standing {
  readonly audit?: StandingResult;
  readonly verification?: StandingResult;
  readonly operator?: StandingResult;
  readonly endingWaivers: readonly EndingWaiver[];
}

/** As much of a result document as a summary tells; anything may be missing, because the file may be broken. */
interface ResultDocument {
  readonly verdict?: unknown;
  readonly simulated?: unknown;
  readonly asOf?: unknown;
  readonly startedAt?: unknown;
  readonly findings?: unknown;
}

export async function readStanding(folder: string, days: FleetDays): Promise<Standing> {
  const names = [AUDIT_JSON, VERIFICATION_JSON, OPERATOR_VERIFICATION_JSON] as const;
  const [audit, verification, operator] = await Promise.all(
    names.map((name) => readDocument(folder, name) as Promise<ResultDocument | undefined>),
  );
  return {
    ...(audit && { audit: standingOf(audit, audit.asOf, days) }),
    ...(verification && { verification: standingOf(verification, verification.startedAt, days) }),
    ...(operator && { operator: standingOf(operator, operator.startedAt, days) }),
    endingWaivers: audit === undefined ? [] : endingWaivers(audit, days),
  };
}

function standingOf({ verdict, simulated }: ResultDocument, at: unknown, { asOf }: FleetDays): StandingResult {
  const day = typeof at === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(at)?.[0] : undefined;
  return {
    verdict: typeof verdict === 'string' ? verdict : 'none',
    ...(day !== undefined && { day, ageDays: daysBetween(day, asOf) }),
    ...(simulated === true && { simulated }),
  };
}

function endingWaivers({ findings }: ResultDocument, { asOf, soonDays }: FleetDays): readonly EndingWaiver[] {
  if (!Array.isArray(findings)) return [];
  return (findings as readonly { readonly id?: unknown; readonly waiver?: Partial<AppliedWaiver> }[])
    .flatMap(({ id, waiver }) => {
      const { owner, expires } = waiver ?? {};
      if (typeof id !== 'string' || typeof owner !== 'string' || typeof expires !== 'string') return [];
      return [{ finding: id, owner, expires, daysLeft: daysBetween(asOf, expires) }];
    })
    .filter(({ daysLeft }) => daysLeft <= soonDays)
    .sort((left, right) => left.daysLeft - right.daysLeft);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
