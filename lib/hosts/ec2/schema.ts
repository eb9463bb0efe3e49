import { z } from 'zod';

/** `host` of an environment file. */
export const ec2Host = z.strictObject({
  kind: z
    .literal('ec2', { error: 'must be ec2, the one kind of host that is supported so far' })
    .describe('Where Vault runs.'),
});
