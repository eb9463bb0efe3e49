import { z } from 'zod';
import { decidingStatementSchema, layerSchema } from '../policies/schema';
import type { AccessExplanation } from './explain-access';

const values = z.array(z.string());

const decision = z.discriminatedUnion('result', [
  z.strictObject({ result: z.enum(['allowed', 'explicitly-denied']), by: z.array(decidingStatementSchema) }),
  z.strictObject({
    result: z.literal('implicitly-denied'),
    missing: layerSchema.describe('The layer that did not allow it.'),
    level: z.int().min(0).exactOptional(),
  }),
]);

const effect = z.enum(['Allow', 'Deny']);

const failing = z.strictObject({
  condition: z.strictObject({ operator: z.string(), key: z.string(), values }),
  received: z.union([values, z.literal('absent')]).describe('The values that the request has for the key.'),
});

const explained = z.union([
  z.strictObject({
    ...decidingStatementSchema.shape,
    effect,
    matched: z.literal(true),
    decides: z.boolean().describe('False where it applies and its effect is irrelevant.'),
  }),
  z.strictObject({
    ...decidingStatementSchema.shape,
    effect,
    matched: z.literal(false),
    reason: z.enum(['action', 'resource', 'principal']).describe('The element that does not match.'),
  }),
  z.strictObject({
    ...decidingStatementSchema.shape,
    effect,
    matched: z.literal(false),
    reason: z.literal('condition'),
    ...failing.shape,
    failing: z.array(failing).exactOptional().describe('Each condition that fails.'),
  }),
]);

/** The answer about one permission as a document. */
export const accessExplanationSchema: z.ZodType<AccessExplanation> = z.strictObject({
  version: z.literal(1).describe('Version of this document.'),
  environment: z.string(),
  principal: z.string(),
  action: z.string(),
  resource: z.string(),
  context: z.array(
    z.strictObject({
      key: z.string(),
      value: z.union([z.string(), values]),
      isDefault: z.boolean().describe('Whether nobody asked for it.'),
    }),
  ),
  decision,
  statements: z.array(explained),
  notAssessed: z.array(z.string()).describe('Policies that count and could not be read.'),
});
