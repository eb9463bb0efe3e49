import { z } from 'zod';
import { hostSchema } from '../hosts/schema';
import { isVisible } from '../visible';
import { ADOPTABLE } from './adoptable';
import { bucketPolicy } from './bucket-policy/schema';
import { encryption } from './encryption/schema';
import { ENVIRONMENT_NAME_RULE, isEnvironmentName } from './environment-name';
import { limits } from './limits/schema';
import { OWN_TAG } from './own-tag';
import { account, bucketName, existingBucketName, region } from './place/schema';
import { isPlainText, PLAIN_TEXT_RULE } from './plain-text';
import { state } from './state/schema';

/** Things that Vault does with the bucket; each switches statements of the role's policy on. */
export const CAPABILITIES = [
  'backup',
  'versioning',
  'manage-versioning',
  'read-versions',
  'purge-versions',
  'list-buckets',
] as const;

const accessLog = z.strictObject({
  bucket: existingBucketName.describe(
    'Bucket in the same account and region that receives the access logs: vault-access-logs-<account>-<region>, which synth --account-base makes, or any that exists.',
  ),
  prefix: z.string().refine(isPlainText, PLAIN_TEXT_RULE).default('').describe('Key prefix of the access logs.'),
});

const objectLock = z.strictObject({
  mode: z
    .enum(['GOVERNANCE', 'COMPLIANCE'])
    .describe('Retention mode: with COMPLIANCE nobody, not even the root user, can delete a version before its time.'),
  retentionDays: z.int().min(1).max(36_500).describe('Default retention of each object version, in days.'),
  ended: z
    .boolean()
    .default(false)
    .describe('Ends the default retention: new versions are not locked, those that are locked stay so.'),
});

/** AWS takes 50 tags on a resource, and the stack adds its own. */
const MAXIMUM_TAGS = 49;
const tagText = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 'must consist of letters, digits, spaces and _ . : / = + - @');

const tags = z
  .record(tagText.min(1).max(128), tagText.max(256))
  .refine((value) => Object.keys(value).length <= MAXIMUM_TAGS, `must be at most ${MAXIMUM_TAGS} tags`)
  .refine((value) => Object.keys(value).every((key) => !key.toLowerCase().startsWith('aws:')), {
    message: "must not use tag keys that start with 'aws:', which AWS reserves",
  })
  .refine((value) => !(OWN_TAG in value), `must not use the tag key '${OWN_TAG}', which the stack sets itself`);

/** One file of `environments/`: one Vault backup environment. Defaults live here and nowhere else. */
export const environmentFileSchema = z.strictObject({
  name: z
    .string()
    .refine(isEnvironmentName, `must consist of ${ENVIRONMENT_NAME_RULE}`)
    .optional()
    .describe(
      "Name of the environment, its role, alias, state and stack; left out, the file's name. Keeps them when the file is renamed.",
    ),
  label: z
    .string()
    .min(1)
    .max(255)
    .refine(isPlainText, PLAIN_TEXT_RULE)
    .refine(
      (text) => !isPlainText(text) || isVisible(text),
      'must be one line of text, each character of which can be seen',
    )
    .describe("What Vault's administrator types as the label; free text."),
  account: account.describe('AWS account that holds everything; 12 digits, in quotes.'),
  region: region.describe('AWS region of the bucket and of the key.'),
  bucket: bucketName.describe('Name of the bucket; literal, so that every policy is readable in the plan.'),
  encryption: encryption.describe("Default encryption, in Vault's own words: AES-256 or AWS-KMS."),
  host: hostSchema.describe('The machine that Vault runs on.'),
  capabilities: z
    .array(z.enum(CAPABILITIES))
    .default(['backup', 'versioning'])
    .describe('What Vault does with the bucket; backup is always needed.'),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform refuses to destroy bucket and key; false only for what may be thrown away.'),
  noncurrentVersionDays: z
    .int()
    .min(1)
    .max(36_500)
    .default(30)
    .describe('Days after which a version that is no longer current is deleted.'),
  incompleteUploadDays: z
    .int()
    .min(1)
    .max(365)
    .default(7)
    .describe('Days after which an upload that was never completed is aborted.'),
  otherBucket: existingBucketName
    .optional()
    .describe('An existing bucket of the account that the role must not reach; verification tries to list it.'),
  accessLog: accessLog.optional().describe('Where S3 writes access logs; left out, none are written.'),
  bucketPolicy: bucketPolicy.optional().describe('Statements of the bucket policy that are kept on purpose.'),
  objectLock: objectLock.optional().describe('Object Lock with a default retention; off unless asked.'),
  permissionsBoundary: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, 'must be the ARN of an IAM policy')
    .optional()
    .describe('ARN of the permissions boundary of the role.'),
  rolePath: z
    .string()
    .regex(/^\/([\w+=,.@-]+\/)*$/, "must begin and end with '/'")
    .default('/')
    .describe('IAM path of the role, its policies and the instance profile.'),
  roleName: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'must be at most 64 letters, digits and _ + = , . @ -')
    .optional()
    .describe(
      "Name of the role, its instance profile, and what its policies and the key's alias begin with; left out, vault-backup-<name>.",
    ),
  adopt: z
    .array(z.enum(ADOPTABLE))
    .default([])
    .describe('What exists already and is taken over (imported) as it is named here, in place of being made.'),
  state: state
    .optional()
    .describe(
      'Where Terraform keeps its state; left out, a local file. Credentials come from elsewhere, never from here.',
    ),
  limits: limits.optional().describe('Figures that an audit judges this environment by, in place of its own.'),
  tags: tags.default({}).describe('Tags on everything that can carry tags.'),
});

export type EnvironmentFile = z.infer<typeof environmentFileSchema>;
export type Capability = (typeof CAPABILITIES)[number];
