import { z } from 'zod';
import { toolSchema } from '../tool-schema';
import { EXAMINATION_VERSION, type Examination } from './examination';

const diagnosis = z.strictObject({
  id: z.string().describe('Pattern that the evidence fits.'),
  cause: z.string(),
  fix: z.string(),
  inVault: z.string().exactOptional(),
});

const finding = z.strictObject({
  id: z.string(),
  title: z.string(),
  result: z.enum(['pass', 'note', 'fail']).describe('note: nothing is wrong, but it is worth knowing.'),
  found: z.array(z.string()).describe('What was found, a plain sentence each.'),
  fix: z.string().exactOptional(),
  diagnoses: z.array(diagnosis).exactOptional().describe('Likely causes, from the answers.'),
});

/** The doctor's findings, as a document. */
export const examinationSchema: z.ZodType<Examination> = z.strictObject({
  version: z.literal(EXAMINATION_VERSION).describe('Version of this document.'),
  verdict: z.enum(['pass', 'fail']),
  tool: toolSchema.exactOptional(),
  startedAt: z.iso.datetime(),
  simulated: z.literal(true).exactOptional().describe('Present when the answers came from the simulated account.'),
  findings: z.array(finding),
});
