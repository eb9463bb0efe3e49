import { z } from 'zod';
import { toolSchema } from '../tool-schema';
import { verificationSchema } from '../verify/result/schema';
import { REHEARSAL_VERSION, type Rehearsal, STEPS, type StepId } from './rehearsal';

const verdict = z.enum(['pass', 'fail', 'inconclusive']);

const step = z.strictObject({
  id: z.enum(Object.keys(STEPS) as StepId[]),
  title: z.string(),
  result: verdict,
  detail: z.string().exactOptional().describe('The outcome in words; always there when it did not pass.'),
  durationMs: z.number().min(0),
});

const environment = z.strictObject({
  name: z.string(),
  verdict,
  steps: z.array(step),
  assumed: z.array(z.string()).describe('What the simulated account was given, and could not be assessed.'),
  verification: verificationSchema.exactOptional().describe('Missing when a step before it failed.'),
  comparison: verificationSchema.exactOptional().describe('The half of the operator.'),
  settingsSheet: z.string().exactOptional(),
  folder: z.string().exactOptional().describe('Where the files of the run are, when they were kept.'),
});

/** `vault-env rehearse --format json`. */
export const rehearsalSchema: z.ZodType<Rehearsal> = z.strictObject({
  version: z.literal(REHEARSAL_VERSION).describe('Version of this document.'),
  verdict,
  tool: toolSchema.exactOptional(),
  simulated: z.literal(true),
  environments: z.array(environment),
  leftOut: z
    .array(z.strictObject({ name: z.string(), like: z.string() }))
    .exactOptional()
    .describe('Not rehearsed, because one like them was.'),
});
