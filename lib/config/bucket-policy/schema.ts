import { z } from 'zod';
import { isPlainText, PLAIN_TEXT_RULE } from '../plain-text';

const text = z.string().min(1).refine(isPlainText, PLAIN_TEXT_RULE);
const texts = z.union([text, z.array(text).min(1)]);

/** A statement that can be kept: it says what it is about, and not what it is not about. */
export const keptStatement = z.strictObject({
  Sid: z.string().regex(/^[A-Za-z0-9]+$/, 'must be letters and digits'),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([
    z.literal('*'),
    z.partialRecord(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), texts),
  ]),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});

const kept = z.strictObject({
  reason: text.describe('Why it is there.'),
  owner: text.describe('Who answers for it.'),
  statement: keptStatement.describe('The statement as AWS has it, with a Sid of its own; about this bucket alone.'),
});

/** The part of a bucket policy that does not follow from the other keys. */
export const bucketPolicy = z.strictObject({
  keep: z
    .array(kept)
    .min(1)
    .describe('Statements that stand beside those of the stack, on purpose; the audit judges them too.'),
});

export type KeptStatement = z.infer<typeof kept>;
