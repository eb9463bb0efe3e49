import { z } from 'zod';
import { LAYERS } from '../../iam/types';

/** The layer of a policy. */
export const layerSchema = z.enum(LAYERS);

/** The statement that decided. */
export const decidingStatementSchema = z.strictObject({
  layer: layerSchema,
  policy: z.string(),
  statement: z.string().describe('The Sid, or the index in the document when it has none.'),
  level: z.int().min(0).exactOptional(),
});
