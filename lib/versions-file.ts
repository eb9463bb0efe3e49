/** Which Terraform or OpenTofu a stack needs; it stands beside every `cdk.tf.json`, and is the same for each. */
export const VERSIONS_FILE = 'versions.tf';

/** In a file of its own: checkov takes only objects in the `terraform` block of JSON, and skips a stack that has text there. */
export const VERSIONS_TEXT = `terraform {
  required_version = ">= 1.7.0"
}
`;
