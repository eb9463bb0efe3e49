import { z } from 'zod';
import { toolSchema } from '../tool-schema';
import { SUMMARY_VERSION, type Summary } from './summary';

const outcome = z.enum(['pass', 'fail', 'error']).describe('error: nothing could be found out.');
const count = z.int().min(0);

/** The result of a verb for several as a document. */
export const summarySchema: z.ZodType<Summary> = z.strictObject({
  version: z.literal(SUMMARY_VERSION).describe('Version of this document.'),
  verb: z.string(),
  verdict: outcome,
  tool: toolSchema,
  counts: z.strictObject({ total: count, pass: count, fail: count, error: count }),
  members: z.array(
    z.strictObject({
      name: z.string(),
      outcome,
      durationMs: z.number().min(0),
      error: z.strictObject({ code: z.string(), message: z.string() }).exactOptional(),
      document: z.unknown().optional().describe('What the verb prints for this one alone.'),
    }),
  ),
});
