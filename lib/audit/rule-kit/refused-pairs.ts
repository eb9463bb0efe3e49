import { valueAt } from '../stack/argument';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

type Pair = readonly [one: string, other: string];

const NAMES: Pair = ['name', 'name_prefix'];

/**
 * Arguments of which the provider takes one (`ConflictsWith` and `ExactlyOneOf` of its schema), as `terraform validate` has
 * them with version 5.100.0: an empty text and a switch that is off count too.
 */
const PAIRS: Readonly<Record<string, readonly Pair[]>> = {
  aws_iam_instance_profile: [NAMES],
  aws_iam_policy: [NAMES],
  aws_iam_role: [NAMES],
  aws_iam_role_policy: [NAMES],
  aws_instance: [
    ['cpu_core_count', 'cpu_options.core_count'],
    ['cpu_threads_per_core', 'cpu_options.threads_per_core'],
    ['ebs_block_device.tags', 'volume_tags'],
    ['ipv6_address_count', 'ipv6_addresses'],
    ['root_block_device.tags', 'volume_tags'],
    ['user_data', 'user_data_base64'],
  ],
  aws_kms_alias: [NAMES],
  aws_launch_template: [
    NAMES,
    ['default_version', 'update_default_version'],
    ['iam_instance_profile.arn', 'iam_instance_profile.name'],
  ],
  aws_s3_bucket: [
    ['bucket', 'bucket_prefix'],
    ['object_lock_enabled', 'object_lock_configuration'],
  ],
  aws_s3_bucket_logging: [['target_object_key_format.partitioned_prefix', 'target_object_key_format.simple_prefix']],
};

/**
 * Which arguments the provider does not take together, in one sentence each. Only a stack's text tells: in a plan, which the
 * provider made, a name stands beside the prefix that it was made from.
 */
export function refusedPairs(resource: StackResource, { stack, read }: Subject): readonly string[] {
  if (stack.source !== 'synthesized-stack') return [];
  const isSaid = (path: string) => {
    const given = valueAt(resource.arguments, path);
    // What a text with a reference comes to may be nothing.
    return given.state === 'known' && (typeof given.value !== 'string' || read(resource, path).state === 'known');
  };
  return (PAIRS[resource.type] ?? [])
    .filter((pair) => pair.every(isSaid))
    .map(([one, other]) => `the provider takes ${one} or ${other}, not both`);
}
