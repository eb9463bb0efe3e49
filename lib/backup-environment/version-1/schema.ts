import { z } from 'zod';
import { arn, aws, evidence, stackOutputSchema } from '../schema';

/** The stack output as it was while EC2 was the one kind of host; hosts carry such a document until it is written again. */
export const stackOutputVersion1Schema = stackOutputSchema.omit({ host: true }).extend({
  version: z.literal(1).describe('Version of this document.'),
  aws: aws
    .extend({ instanceProfileArn: arn.describe('ARN of the instance profile that gives the host its role.') })
    .describe('What was created, or is used, in AWS.'),
});

/** `backup-environment.json` of version 1. */
export const backupEnvironmentVersion1Schema = stackOutputVersion1Schema.extend({ evidence });

export type StackOutputVersion1 = z.infer<typeof stackOutputVersion1Schema>;
