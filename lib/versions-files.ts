/** Which Terraform a stack needs; it stands beside every `cdk.tf.json`. */
export const VERSIONS_FILE = 'versions.tf';

/**
 * Which OpenTofu a stack needs. OpenTofu reads it in the place of the other, and since 1.12 takes no version from a file
 * that is Terraform's too.
 *
 * @see https://opentofu.org/docs/language/files/
 * @see https://github.com/opentofu/opentofu/issues/3300
 */
export const OPENTOFU_VERSIONS_FILE = 'versions.tofu';

/** In a file of its own: checkov takes only objects in the `terraform` block of JSON, and skips a stack that has text there. */
export const VERSIONS_TEXT = versionsText('1.7.0');

/**
 * The same for a state in S3, whose lock file both know since 1.10.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 * @see https://github.com/opentofu/opentofu/releases/tag/v1.10.0-beta1
 */
export const LOCK_FILE_VERSIONS_TEXT = versionsText('1.10.0');

export const OPENTOFU_VERSIONS_TEXT = versionsText('1.10.0');

/** Each of these files, with every text that a synthesis writes into it. */
export const VERSIONS_FILES: ReadonlyMap<string, readonly string[]> = new Map([
  [VERSIONS_FILE, [VERSIONS_TEXT, LOCK_FILE_VERSIONS_TEXT]],
  [OPENTOFU_VERSIONS_FILE, [OPENTOFU_VERSIONS_TEXT]],
]);

function versionsText(oldest: string): string {
  return `terraform {\n  required_version = ">= ${oldest}"\n}\n`;
}
