import { z } from 'zod';

/** The layer of a policy. */
export const layerSchema = z.enum([
  'identity',
  'boundary',
  'session',
  'resource',
  'key',
  'scp',
  'rcp',
  'endpoint',
  'public-access-block',
]);

/** The statement that decided. */
export const decidingStatementSchema = z.strictObject({
  layer: layerSchema,
  policy: z.string(),
  statement: z.string().describe('The Sid, or the index in the document when it has none.'),
  level: z.int().min(0).exactOptional(),
});
