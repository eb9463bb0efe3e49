import { z } from 'zod';
import type { Tool } from './tool';

/** The version and commit that judged, in every document that is a judgement. */
export const toolSchema: z.ZodType<Tool> = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    commit: z.string().exactOptional().describe('Commit of its sources; ends in -dirty where files differed from it.'),
  })
  .describe('The version that judged.');
