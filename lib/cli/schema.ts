import { z } from 'zod';
import { FAILURE_VERSION, type Failure } from './failure-document';

const issue = z.strictObject({
  file: z.string(),
  path: z.string().describe('Dotted path of the key; empty for the file as a whole.'),
  message: z.string(),
});

/** The document for exit code 2 where JSON was asked for. */
export const failureSchema: z.ZodType<Failure> = z.strictObject({
  version: z.literal(FAILURE_VERSION).describe('Version of this document.'),
  error: z.strictObject({
    code: z.string().describe('Stable; Defect for a bug.'),
    message: z.string(),
    issues: z.array(issue).exactOptional().describe('Every problem of the files that were read.'),
  }),
});
