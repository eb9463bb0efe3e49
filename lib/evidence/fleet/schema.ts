import { z } from 'zod';
import { toolSchema } from '../../tool-schema';
import { FLEET_SUMMARY_VERSION, type FleetSummary } from './fleet-summary';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().min(0);
const outcome = z.enum(['pass', 'fail', 'error']).describe('error: nothing could be found out.');

const standing = z.strictObject({
  verdict: z.string(),
  day: day.exactOptional().describe('Day of the document, as YYYY-MM-DD.'),
  ageDays: z.int().exactOptional(),
  simulated: z.literal(true).exactOptional().describe('Present when the answers came from the simulated account.'),
});

const endingWaiver = z.strictObject({
  finding: z.string().describe('Id of the finding that it waives.'),
  owner: z.string(),
  expires: z.string().describe('The last day on which it holds.'),
  daysLeft: z.int().describe('Negative once it has ended.'),
});

const member = z.strictObject({
  name: z.string(),
  outcome,
  problems: z.array(z.string()).describe('Why it does not pass.'),
  evidence: z.enum(['pass', 'fail', 'none', 'error']).describe('none: there is no evidence folder.'),
  audit: standing.exactOptional(),
  verification: standing.exactOptional().describe('The half of the host.'),
  operator: standing.exactOptional().describe('The half of the operator.'),
  endingWaivers: z.array(endingWaiver),
});

/** `vault-env evidence summary --format json`. */
export const fleetSummarySchema: z.ZodType<FleetSummary> = z.strictObject({
  version: z.literal(FLEET_SUMMARY_VERSION).describe('Version of this document.'),
  verdict: outcome,
  asOf: day.describe('The day that ages are counted to.'),
  soonDays: count.describe('Waivers that end within so many days are told.'),
  tool: toolSchema,
  counts: z.strictObject({ total: count, pass: count, fail: count, error: count }),
  environments: z.array(member),
});
