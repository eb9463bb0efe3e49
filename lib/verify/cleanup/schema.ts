import { z } from 'zod';
import { leftoverSchema, lockedSchema } from '../result/schema';
import type { Cleaning } from './clean-leftovers';

/** The result of `verify --clean` as a document. */
export const cleaningSchema: z.ZodType<Cleaning> = z.strictObject({
  version: z.literal(1).describe('Version of this document.'),
  bucket: z.string(),
  account: z.string(),
  removed: z.array(leftoverSchema.omit({ reason: true, command: true })),
  locked: lockedSchema.exactOptional().describe('Versions that Object Lock keeps until their retention is over.'),
  leftovers: z.array(leftoverSchema).describe('Objects that could not be removed.'),
  tooYoung: z.int().min(0).describe('Probes that may be of a run under way, and were left alone.'),
  notProbes: z.int().min(0).describe('Objects below the prefix that are no probes, and were left alone.'),
});
