import { z } from 'zod';

/** `host` of an environment file. */
export const ec2Host = z.strictObject({
  kind: z.literal('ec2').describe('An EC2 instance, which gets the role from an instance profile.'),
});

/** `host` of a backup environment config. */
export const toldEc2Host = z.strictObject({
  kind: z.literal('ec2').describe('An EC2 instance.'),
  instanceProfileArn: z
    .string()
    .regex(/^arn:aws(-[a-z]+)*:/)
    .describe('ARN of the instance profile that gives it the role.'),
});
