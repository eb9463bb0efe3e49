import { type Arguments, requireObject } from './arguments';
import { requireType } from './terraform-type';

/** Where Terraform keeps its state. */
export interface Backend {
  readonly type: string;
  readonly settings: Arguments;
}

/** Without a backend, Terraform keeps the state in a local file. */
export function readBackend({ backend, cloud }: Arguments): Backend {
  if (cloud !== undefined) return { type: 'cloud', settings: requireObject(blockOf(cloud), "'terraform.cloud'") };
  const [type, given] = Object.entries(requireObject(blockOf(backend) ?? {}, "'terraform.backend'"))[0] ?? [
    'local',
    {},
  ];
  const { '//': _comment, ...settings } = requireObject(blockOf(given), "'terraform.backend'");
  requireType(type, "'terraform.backend'");
  return { type, settings };
}

/** Terraform takes a single block as an object or as a list of one. */
function blockOf(given: unknown): unknown {
  return Array.isArray(given) && given.length === 1 ? given[0] : given;
}

const READ: readonly string[] = ['//', 'backend', 'cloud', 'required_providers', 'required_version'];

/** Settings of the `terraform` block that are not read here, or that make Terraform download and run something else. */
export function terraformDoubts(terraform: Arguments): readonly string[] {
  const {
    aws = {},
    '//': _comment,
    ...others
  } = requireObject(blockOf(terraform.required_providers) ?? {}, "'terraform.required_providers'");
  const { source = 'hashicorp/aws' } = typeof aws === 'string' ? {} : requireObject(aws, "'required_providers.aws'");
  return [
    ...Object.keys(terraform)
      .filter((name) => !READ.includes(name))
      .map((name) => `the stack has 'terraform.${name}', which is not read`),
    ...(terraform.cloud !== undefined && terraform.backend !== undefined
      ? ['the stack has a backend and HCP Terraform, of which Terraform takes one alone']
      : []),
    ...(Object.keys(blockOf(terraform.backend) ?? {}).length > 1
      ? ['the stack has several backends, of which Terraform takes one alone']
      : []),
    ...providerDoubts(source),
    ...Object.entries(others).map(
      ([name, given]) => `Terraform downloads and runs another provider, '${name}' (${JSON.stringify(given)})`,
    ),
  ];
}

/** Resources of another provider may be something else under the same names. */
export function providerDoubts(source: unknown): readonly string[] {
  return isAwsProvider(source)
    ? []
    : [
        `the provider 'aws' comes from ${JSON.stringify(source)}, not from hashicorp/aws of a registry that is known here`,
      ];
}

/** Without a host, Terraform asks its own registry, and OpenTofu its own. */
const AWS_PROVIDER = /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?hashicorp\/aws$/;

/**
 * Whether an address, with its registry or without, is of the AWS provider that is known here.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
export function isAwsProvider(source: unknown): boolean {
  return AWS_PROVIDER.test(String(source));
}
