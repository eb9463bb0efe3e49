import { z } from 'zod';

const issue = z.strictObject({
  file: z.string(),
  path: z.string().describe('Dotted path of the key; empty for the file as a whole.'),
  message: z.string(),
});

/** `vault-env synth --format json`. */
export const synthesisSchema = z.strictObject({
  version: z.literal(1),
  stacks: z.array(z.strictObject({ name: z.string(), folder: z.string().describe('Where Terraform runs.') })),
  broken: z
    .array(z.strictObject({ name: z.string(), file: z.string(), issues: z.array(issue) }))
    .describe('Environments that were asked for and have no stack now, or an earlier one.'),
});
