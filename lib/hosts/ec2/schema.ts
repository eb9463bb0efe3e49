import { z } from 'zod';
import { arn } from '../arn/schema';

/** `host` of an environment file. */
export const ec2Host = z.strictObject({
  kind: z
    .literal('ec2', { error: 'must be ec2, the one kind of host that is supported so far' })
    .describe('Where Vault runs.'),
});

/** The host as the backup environment config names it. */
export const ec2ToldHost = z.strictObject({ kind: z.literal('ec2'), instanceProfileArn: arn });
