import { z } from 'zod';
import { ACCOUNT_ID } from '../../arn';

const roleArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    'must be the full ARN of an IAM role (arn:aws:iam::<account>:role/<path>/<name>), its path included',
  );

/** Whoever runs the host. */
const runBy = z.enum(['own', 'vendor']).describe('Who runs the host: your own organization, or the vendor.');

/** `host` of an environment file whose role exists already. */
export const existingRoleHost = z.strictObject({
  kind: z.literal('existing-role').describe('A host that has a role already.'),
  role: roleArn.describe('ARN of the role that the host has; the stack leaves the role itself as it is.'),
  attach: z
    .boolean()
    .default(false)
    .describe('Whether the stack attaches its policies to the role; left out, whoever owns the role attaches them.'),
  runBy: runBy.default('own'),
});

/** `host` of a backup environment config. */
export const toldExistingRoleHost = z.strictObject({
  kind: z.literal('existing-role').describe('A host that has a role already.'),
  roleAccount: z
    .string()
    .regex(ACCOUNT_ID)
    .exactOptional()
    .describe('Account of the role, where it is another than that of the bucket.'),
  policyArns: z
    .array(z.string().regex(/^arn:/))
    .describe('ARNs of the managed policies that the role must carry; none where it is of another account.'),
  attached: z.boolean().describe('Whether the stack attaches them; else whoever owns the role does.'),
  runBy,
});
