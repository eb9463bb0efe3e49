import { z } from 'zod';

/** An ARN in the backup environment config. */
export const arn = z.string().regex(/^arn:aws(-[a-z]+)*:/);
