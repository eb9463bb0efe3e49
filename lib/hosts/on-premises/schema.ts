import { z } from 'zod';

/** AWS copies the common name into the source identity of the session, which takes these characters alone. */
const hostName = z
  .string()
  .regex(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits and _ + = , . @ -, without wildcards');

const authorityName = z
  .string()
  .regex(/^[\p{L}\p{N} _+=,.:@'()/-]{1,64}$/u, 'must be the common name of an authority, without wildcards');

const arnOf = (service: string, resource: string) =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}/[A-Za-z0-9-]+$`),
      `must be the ARN of a ${resource} (arn:aws:${service}:<region>:<account>:${resource}/<id>)`,
    );

const trustAnchor = z
  .strictObject({
    arn: arnOf('rolesanywhere', 'trust-anchor')
      .optional()
      .describe('ARN of a trust anchor that exists: recommended, because every policy is then readable in the plan.'),
    certificates: z
      .string()
      .regex(/^[\w-][\w.-]*\.(pem|crt|cer)$/, 'must be the name of a PEM file beside this one')
      .optional()
      .describe('PEM file beside this one with the certificates of the authority; the trust anchor is created.'),
    privateCa: arnOf('acm-pca', 'certificate-authority')
      .optional()
      .describe('ARN of an AWS Private CA; the trust anchor is created.'),
  })
  .refine(
    (sources) => Object.values(sources).filter((source) => source !== undefined).length === 1,
    'must be exactly one of arn, certificates and privateCa',
  );

const names = {
  subject: z
    .strictObject({
      CN: z.array(hostName).min(1).describe('Common names of the hosts, exactly as their certificates have them.'),
    })
    .describe('Who the hosts are.'),
  issuer: z
    .strictObject({ CN: authorityName.describe('Common name of the issuing authority.') })
    .optional()
    .describe('Which authority issued the certificates; left out, any below the trust anchor.'),
  maximumDays: z
    .int()
    .min(1)
    .max(825)
    .optional()
    .describe('Longest validity, in days, that the authority gives the certificate of a host.'),
};

const sessionSeconds = z.int().min(900).max(3600).describe('How long credentials are valid, in seconds.');
const credentials = z
  .enum(['process', 'serve'])
  .describe(
    'How the helper of AWS hands them over: process runs it in the AWS configuration, serve is a local service.',
  );
const revocation = z
  .enum(['crl', 'short-lived'])
  .describe('How a certificate is revoked: by a revocation list that is imported, or by living 7 days at most.');

/** `host` of an environment file. */
export const onPremisesHost = z.strictObject({
  kind: z.literal('on-premises').describe('A host that shows a certificate to IAM Roles Anywhere.'),
  trustAnchor: trustAnchor.describe('Which authority vouches for the hosts; one of three.'),
  certificate: z.strictObject(names).describe('Which certificates are let in.'),
  sessionSeconds: sessionSeconds.default(3600),
  credentials: credentials.default('process'),
  revocation,
});

/** `host` of a backup environment config. */
export const toldOnPremisesHost = z.strictObject({
  kind: z.literal('on-premises').describe('A host that shows a certificate to IAM Roles Anywhere.'),
  trustAnchorArn: z.string().regex(/^arn:/).describe('ARN of the trust anchor that vouches for the certificate.'),
  profileArn: z.string().regex(/^arn:/).describe('ARN of the profile of IAM Roles Anywhere.'),
  authorities: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Subjects of the certificates that the trust anchor holds; left out where the stack does not make it of any.',
    ),
  certificate: z.strictObject(names).describe('Which certificates are let in.'),
  sessionSeconds,
  helper: credentials,
  revocation,
});
