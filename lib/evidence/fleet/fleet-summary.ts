import type { Tool } from '../../tool';

/** Version of the document; a reader refuses any other. */
export const FLEET_SUMMARY_VERSION = 1;

/** `error`: nothing could be found out. */
export type FleetOutcome = 'pass' | 'fail' | 'error';

/** A document of the evidence, and how old it is. */
export interface StandingResult {
  readonly verdict: string;
  /** As `YYYY-MM-DD`; missing where the document does not say it. */
  readonly day?: string;
  readonly ageDays?: number;
  /** Present when the answers came from the simulated account. */
  readonly simulated?: true;
}

/** A waiver of an audit that ends soon, or has ended. */
export interface EndingWaiver {
  /** Id of the finding that it waives. */
  readonly finding: string;
  readonly owner: string;
  /** The last day on which it holds. */
  readonly expires: string;
  /** Negative once it has ended. */
  readonly daysLeft: number;
}

/** One environment of the fleet, by its evidence. */
export interface FleetMember {
  readonly name: string;
  readonly outcome: FleetOutcome;
  /** Why it does not pass. */
  readonly problems: readonly string[];
  /** `none`: there is no evidence folder. */
  readonly evidence: 'pass' | 'fail' | 'none' | 'error';
  readonly audit?: StandingResult;
  /** The half of the host. */
  readonly verification?: StandingResult;
  /** The half of the operator. */
  readonly operator?: StandingResult;
  readonly endingWaivers: readonly EndingWaiver[];
}

/** A fleet by its evidence, as one page. */
export interface FleetSummary {
  readonly version: typeof FLEET_SUMMARY_VERSION;
  readonly verdict: FleetOutcome;
  /** The day that ages are counted to, as `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Waivers that end within so many days are told. */
  readonly soonDays: number;
  readonly tool: Tool;
  readonly counts: Readonly<Record<FleetOutcome | 'total', number>>;
  readonly environments: readonly FleetMember[];
}
