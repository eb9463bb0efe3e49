import { z } from 'zod';
import { toolSchema } from '../../tool-schema';
import { decidingStatementSchema } from '../policies/schema';
import { PROOF_VERSION, type Proof } from './proof';

const result = z.enum(['pass', 'fail', 'unknown']);
const evidence = z.strictObject({
  caller: z.string(),
  actions: z.array(z.string()),
  on: z.array(z.string()).describe('Kinds of resource, in words.'),
  resource: z.string().describe('One resource that was asked about.'),
  onlyIf: z.array(z.strictObject({ facet: z.string(), only: z.array(z.string()) })),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  by: z.array(decidingStatementSchema).describe("The statements that decided, of the environment's own policies."),
  lacking: z
    .array(z.string())
    .exactOptional()
    .describe('Sids of statements that the stacks of vault-env have for it, and this one lacks.'),
  problem: z.string().exactOptional(),
});

const item = z.strictObject({
  id: z.string(),
  kind: z.enum(['permission', 'nothing', 'refusal', 'in-use', 'valid', 'own-side']),
  title: z.string(),
  result,
  evidence,
});

const count = z.int().min(0);

/** The permission proof as a document. */
export const proofSchema: z.ZodType<Proof> = z.strictObject({
  version: z.literal(PROOF_VERSION),
  verdict: result,
  tool: toolSchema.exactOptional(),
  environment: z.string(),
  catalogue: z.strictObject({ name: z.string(), version: z.string() }),
  counts: z.strictObject({
    total: count,
    pass: count,
    fail: count,
    unknown: count.exactOptional().describe('Missing where everything is known.'),
    knownActions: count,
    usableActions: count,
    decisions: count,
  }),
  items: z.array(item),
  notAssessed: z.array(z.string()),
});
