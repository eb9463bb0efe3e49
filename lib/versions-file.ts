/** Which Terraform or OpenTofu a stack needs; it stands beside every `cdk.tf.json`. */
export const VERSIONS_FILE = 'versions.tf';

/** In a file of its own: checkov takes only objects in the `terraform` block of JSON, and skips a stack that has text there. */
export const VERSIONS_TEXT = versionsText('1.7.0');

/**
 * The same for a state in S3, whose lock file both know since 1.10.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 * @see https://github.com/opentofu/opentofu/releases/tag/v1.10.0-beta1
 */
export const LOCK_FILE_VERSIONS_TEXT = versionsText('1.10.0');

function versionsText(oldest: string): string {
  return `terraform {\n  required_version = ">= ${oldest}"\n}\n`;
}
