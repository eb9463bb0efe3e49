import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../errors';
import type { Tool } from '../../tool';
import { MANIFEST } from '../manifest';
import { verifyEvidence } from '../verify-evidence';
import { FLEET_SUMMARY_VERSION, type FleetMember, type FleetOutcome, type FleetSummary } from './fleet-summary';
import { type FleetDays, readStanding, type Standing } from './standing';

/** An environment, and the folder that its evidence is in, or would be. */
export interface FleetEntry {
  readonly name: string;
  readonly folder: string;
  /** The trouble with its file. */
  readonly problem?: string;
}

/** A result that each environment must have. The audit always is. */
export type RequiredResult = 'verification' | 'operator';

export interface FleetOptions extends FleetDays {
  readonly required: readonly RequiredResult[];
  readonly tool: Tool;
}

/** The fleet by its evidence: each environment by audit, verification, the half of the operator, and waivers that end soon. */
export async function summarizeFleet(
  entries: readonly FleetEntry[],
  { required, tool, asOf, soonDays }: FleetOptions,
): Promise<FleetSummary> {
  const environments: FleetMember[] = [];
  for (const entry of entries) environments.push(await memberOf(entry, required, { asOf, soonDays }));
  const count = (wanted: FleetOutcome) => environments.filter(({ outcome }) => outcome === wanted).length;
  const counts = { total: environments.length, pass: count('pass'), fail: count('fail'), error: count('error') };
  const verdict = counts.error > 0 ? 'error' : counts.fail > 0 ? 'fail' : 'pass';
  return { version: FLEET_SUMMARY_VERSION, verdict, asOf, soonDays, tool, counts, environments };
}

async function memberOf(
  { name, folder, problem }: FleetEntry,
  required: readonly RequiredResult[],
  days: FleetDays,
): Promise<FleetMember> {
  const broken = problem === undefined ? [] : [problem];
  const unknown = (evidence: FleetMember['evidence'], problems: readonly string[]): FleetMember => {
    return { name, outcome: 'error', problems: [...broken, ...problems], evidence, endingWaivers: [] };
  };
  if (!existsSync(join(folder, MANIFEST))) return unknown('none', ['there is no evidence']);
  try {
    const { verdict } = await verifyEvidence(folder);
    const standing = await readStanding(folder, days);
    const problems = [
      ...(verdict === 'pass' ? [] : ['the evidence is not what was written, or not about one stack']),
      ...problemsOf(standing, required),
    ];
    const outcome = broken.length > 0 ? 'error' : problems.length > 0 ? 'fail' : 'pass';
    return { name, outcome, problems: [...broken, ...problems], evidence: verdict, ...standing };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return unknown('error', [`${error.code}: ${error.message}`]);
  }
}

const TITLES = { audit: 'audit', verification: 'verification', operator: "operator's half" } as const;

function problemsOf(standing: Standing, required: readonly RequiredResult[]): readonly string[] {
  return (['audit', 'verification', 'operator'] as const).flatMap((key) => {
    const isRequired = key === 'audit' || required.includes(key);
    const found = standing[key];
    if (found === undefined) return isRequired ? [`the ${TITLES[key]} is missing`] : [];
    if (found.verdict !== 'pass') return [`the ${TITLES[key]} says ${found.verdict}`];
    return [];
  });
}
