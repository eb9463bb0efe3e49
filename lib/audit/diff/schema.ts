import { z } from 'zod';
import { toolSchema } from '../../tool-schema';
import { accessChangeSchema, appliedWaiverSchema, evidenceItemSchema } from '../report/schema';
import { DIFF_VERSION, type EnvironmentDiff } from './environment-diff';

const addresses = z.array(z.string());
const since = z.enum(['baseline', 'deployed']).describe('What the access after the plan is held against.');
const changes = z.array(accessChangeSchema);

const loss = z.strictObject({
  loss: z.string().describe('What an accept entry names.'),
  detail: z.string(),
  isCertain: z.boolean().describe('False where it cannot be told.'),
  evidence: z.array(evidenceItemSchema),
  accepted: appliedWaiverSchema.exactOptional(),
});

const refusal = z.strictObject({
  refused: z.string(),
  address: z.string(),
  instead: z.array(z.string()).describe('What to write into the environment file, one way each.'),
});

/** The result of `vault-env diff` as a document. */
export const environmentDiffSchema: z.ZodType<EnvironmentDiff> = z.strictObject({
  version: z.literal(DIFF_VERSION).describe('Version of this document.'),
  tool: toolSchema.exactOptional(),
  environment: z.string(),
  verdict: z.enum(['pass', 'fail', 'unknown']),
  changes: z
    .strictObject({
      import: addresses.exactOptional().describe('What exists and is taken over, changed or not.'),
      create: addresses,
      update: addresses,
      replace: addresses,
      destroy: addresses,
      forget: addresses,
    })
    .exactOptional()
    .describe('Missing where nothing was planned.'),
  losses: z.array(loss),
  access: z
    .union([z.strictObject({ since, gained: changes, lost: changes }), z.strictObject({ since, unknown: z.string() })])
    .exactOptional()
    .describe('Missing where nothing was planned, and where nothing is deployed yet.'),
  findings: z.array(z.strictObject({ id: z.string(), result: z.string(), detail: z.string() })),
  refusals: z.array(refusal).describe('Why nothing was planned.'),
});
