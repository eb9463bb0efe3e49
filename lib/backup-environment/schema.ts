import { z } from 'zod';
import { ACCOUNT_ID } from '../arn';
import { brokenExistingNameRules } from '../config/bucket-name';
import { ENVIRONMENT_NAME_RULE, isEnvironmentName } from '../config/environment-name';
import { partitionOf, regionRule } from '../config/partition';
import { toldHostSchema } from '../hosts/schema';
import { VERIFICATION_PREFIX } from '../policy/resource-names';
import { isVisible } from '../visible';

/** Version of the document that is written. */
const VERSION = 2;

/**
 * Acts that the role must not be able to do; each id is one negative check of `lib/verify`.
 *
 * The list is closed, so that a config can never ask for a check that nobody runs.
 */
export const FORBIDDEN = [
  'plain-http',
  'presigned-plain-http',
  'wrong-encryption-header',
  'wrong-key',
  'key-left-out',
  'customer-provided-key',
  'object-acl',
  'tagging',
  'direct-key-use',
  'create-grant',
  'other-bucket',
  'cross-bucket-copy',
  'other-prefix',
  'other-region',
  'read-version',
  'version-delete',
  'read-bucket-policy',
  'change-bucket-policy',
  'change-lifecycle',
  'change-encryption',
  'change-versioning',
  'change-public-access-block',
  'change-object-lock',
  'change-retention',
  'bypass-retention',
  'change-replication',
  'role-chaining',
  'administer-iam',
  'administer-kms',
] as const;

/** As in an environment file: a config that was changed by hand names nothing that could not have been made. */
const bucketName = z
  .string()
  .min(3)
  .max(63)
  .superRefine((name, context) => {
    for (const rule of brokenExistingNameRules(name)) context.addIssue({ code: 'custom', message: rule, input: name });
  });
const region = z.string().superRefine((name, context) => {
  if (partitionOf(name) === undefined) context.addIssue({ code: 'custom', message: regionRule(name), input: name });
});

/** Printable ASCII without spaces and quotes, which no ARN of the product has. */
export const arn = z.string().regex(/^arn:aws(-[a-z]+)*:[\w:/+=,.@*-]+$/);

const form = z.strictObject({
  storageType: z.literal('AWS S3').describe('What to choose as Storage Type.'),
  label: z
    .string()
    .min(1)
    .refine((text) => isVisible(text), 'must be one line of text, each character of which can be seen')
    .describe('What to type as the label; free text.'),
  roleBasedControl: z.literal(true).describe('Tick Role-based control for dedicated/On-Prem Instance.'),
  bucketName: bucketName.describe('What to type as Bucket Name.'),
  encryption: z.enum(['AES-256', 'AWS-KMS']).describe('Which encryption method to choose.'),
  masterKey: arn.optional().describe('ARN of the KMS key; present only with AWS-KMS.'),
});

const objectLock = z.strictObject({
  mode: z.enum(['GOVERNANCE', 'COMPLIANCE']).describe('Retention mode.'),
  retentionDays: z.int().min(1).describe('Days that each new version is kept.'),
});

export const aws = z.strictObject({
  account: z.string().regex(ACCOUNT_ID).describe('Account that owns the bucket.'),
  partition: z.enum(['aws', 'aws-us-gov', 'aws-cn']),
  region: region.describe('Region of the bucket and of the key.'),
  bucketArn: arn,
  keyArn: arn.optional().describe('ARN of the KMS key; present only with AWS-KMS.'),
  formerKeyArns: z.array(arn).min(1).optional().describe('ARNs of the keys of earlier backups, which are only read.'),
  objectLock: objectLock
    .optional()
    .describe('Default retention of Object Lock; absent where new versions are not locked.'),
  bucketKey: z.boolean().describe('Whether S3 Bucket Keys are on.'),
  roleArn: arn.describe('ARN of the role that Vault works with.'),
});

const allowed = z.strictObject({
  action: z
    .string()
    .regex(/^[a-z0-9-]+:[A-Za-z]+$/)
    .describe('IAM action.'),
  resource: z.union([arn, z.literal('*')]).describe('ARN or ARN pattern that it is granted on.'),
});

const permissions = z.strictObject({
  capabilities: z.array(z.string()).min(1).describe('What Vault does with the bucket.'),
  allowed: z.array(allowed).min(1).describe('Everything that the role may do.'),
  forbidden: z.array(z.enum(FORBIDDEN)).min(1).describe('What verification proves that the role cannot do.'),
  verificationPrefix: z.literal(VERIFICATION_PREFIX).describe('The only prefix that verification writes under.'),
  otherBucket: bucketName
    .optional()
    .describe('An existing bucket of the same account that the role must not reach; verification tries to list it.'),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const evidence = z.strictObject({
  stackSha256: sha256.describe(
    'SHA-256 of the synthesized cdk.tf.json; versions.tf beside it is the same for every stack.',
  ),
});

/** The stack output `backup_environment`: the config without its evidence. */
export const stackOutputSchema = z.strictObject({
  version: z.literal(VERSION).describe('Version of this document.'),
  environment: z
    .string()
    .refine(isEnvironmentName, `must consist of ${ENVIRONMENT_NAME_RULE}`)
    .describe('Name of the environment, and of its stack.'),
  form: form.describe('Settings > Backup Environment, field by field.'),
  aws: aws.describe('What was created, or is used, in AWS.'),
  host: toldHostSchema.describe('The machine that Vault runs on, by kind.'),
  permissions: permissions.describe('What the role may and must not do.'),
});

/** `backup-environment.json`: what the Vault form needs, and what verification needs. Never a secret. */
export const backupEnvironmentSchema = stackOutputSchema.extend({
  evidence: evidence.extend({
    configSha256: sha256
      .exactOptional()
      .describe('SHA-256 of this document without this sum, as RFC 8785 sets it out; earlier releases wrote none.'),
  }),
});

export type StackOutput = z.infer<typeof stackOutputSchema>;
export type BackupEnvironment = z.infer<typeof backupEnvironmentSchema>;
export type Forbidden = (typeof FORBIDDEN)[number];
