import { z } from 'zod';
import type { DeclaredHost } from '.';

/** The hosts as an accepted report keeps them. */
const HOSTS = {
  ec2: z.strictObject({ kind: z.literal('ec2') }),
  'on-premises': z.strictObject({
    kind: z.literal('on-premises'),
    trustAnchorArn: z.string(),
    commonNames: z.array(z.string()),
    issuerName: z.string().exactOptional(),
  }),
  'existing-role': z.strictObject({
    kind: z.literal('existing-role'),
    roleArn: z.string(),
    policyArns: z.array(z.string()),
  }),
} satisfies { readonly [Kind in DeclaredHost['kind']]: z.ZodType<Extract<DeclaredHost, { kind: Kind }>> };

/** The host that a report says, by kind. */
export const declaredHostSchema = z.discriminatedUnion('kind', [
  HOSTS.ec2,
  HOSTS['on-premises'],
  HOSTS['existing-role'],
]);
