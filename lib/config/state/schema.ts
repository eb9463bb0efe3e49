import { z } from 'zod';
import { keyArn } from '../encryption/schema';
import { existingBucketName, region } from '../place/schema';

const STATE_PART = "[A-Za-z0-9!_.*'()-]+";
const stateKey = (pattern: string, rule: string) =>
  z
    .string()
    .max(900)
    .regex(new RegExp(`^${pattern}$`), rule);

/** As Terraform takes an id; KMS makes no others. @see https://developer.hashicorp.com/terraform/language/backend/s3 */
const STATE_KEY_ID =
  /:key\/([a-f0-9]{8}-[a-f0-9]{4}-[1-5][a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})$/;

const stateInS3 = z
  .strictObject({
    bucket: existingBucketName.describe('Existing bucket that takes the state; never one that an environment creates.'),
    prefix: stateKey(
      `(${STATE_PART}/)*`,
      "must be names that each end with '/', of letters, digits and ! _ . * ' ( ) -",
    )
      .optional()
      .describe('The state is <prefix><name of the environment>.tfstate.'),
    key: stateKey(
      `${STATE_PART}(/${STATE_PART})*`,
      "must be names with '/' between, of letters, digits and ! _ . * ' ( ) -",
    )
      .optional()
      .describe('The whole key of the state, in place of a prefix.'),
    region: region.optional().describe("The state bucket's region; left out, that of the environment."),
    kmsKey: keyArn
      .regex(STATE_KEY_ID, "must end with a UUID or a multi-Region id (mrk-...), which Terraform's backend asks for")
      .optional()
      .describe("ARN of the KMS key for the state; left out, S3's own keys (AES-256)."),
  })
  .refine(({ key, prefix }) => key === undefined || prefix === undefined, 'must have a key or a prefix, not both');

const stateInCloud = z.strictObject({
  organization: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must consist of letters, digits, _ and -')
    .describe('Organization of HCP Terraform or Terraform Enterprise.'),
  workspace: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,90}$/, 'must be at most 90 letters, digits, _ and -')
    .optional()
    .describe("Workspace, made by terraform init where there is none; left out, the role's name."),
  hostname: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/, 'must be the name of a host')
    .optional()
    .describe("Host of Terraform Enterprise; left out, HCP Terraform's. OpenTofu has no default."),
});

/** Where Terraform keeps the state. */
export const state = z
  .strictObject({
    s3: stateInS3.optional().describe('A bucket, with encryption and a lock file; needs Terraform or OpenTofu 1.10.'),
    cloud: stateInCloud.optional().describe('A workspace of HCP Terraform or Terraform Enterprise.'),
  })
  .refine(({ s3, cloud }) => (s3 === undefined) !== (cloud === undefined), 'must be one of s3 and cloud');
