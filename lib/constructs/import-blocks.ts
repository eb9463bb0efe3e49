import type { TerraformStack } from 'cdktf';
import { nameOf } from '../arn';
import { policyArn, roleArn, roleName } from '../policy/resource-names';
import type { PolicyTarget } from '../policy/target';

/** Things that are taken over, and AWS's names for them. */
export interface Adoption extends PolicyTarget {
  /** As the environment file names them. */
  readonly adopt: readonly string[];
  /** Whether the role has a policy for keys. */
  readonly usesKeys: boolean;
  readonly keyArn?: string | undefined;
}

interface ImportBlock {
  readonly to: string;
  readonly id: string;
}

type Blocks = (adoption: Adoption) => readonly ImportBlock[];

const ofBucket =
  (type: string): Blocks =>
  ({ bucket }) => [{ to: `${type}.backup`, id: bucket }];

const ofRole =
  (address: string): Blocks =>
  (adoption) => [{ to: address, id: roleName(adoption) }];

/**
 * How each thing is imported.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket#import and those beside it
 */
const BLOCKS: Readonly<Record<string, Blocks>> = {
  bucket: ofBucket('aws_s3_bucket'),
  versioning: ofBucket('aws_s3_bucket_versioning'),
  encryption: ofBucket('aws_s3_bucket_server_side_encryption_configuration'),
  'public-access-block': ofBucket('aws_s3_bucket_public_access_block'),
  ownership: ofBucket('aws_s3_bucket_ownership_controls'),
  'bucket-policy': ofBucket('aws_s3_bucket_policy'),
  lifecycle: ofBucket('aws_s3_bucket_lifecycle_configuration'),
  'access-log': ofBucket('aws_s3_bucket_logging'),
  'object-lock': ofBucket('aws_s3_bucket_object_lock_configuration'),
  key: ({ keyArn = '' }) => [{ to: 'aws_kms_key.backup', id: keyArn.slice(keyArn.indexOf('/') + 1) }],
  alias: (adoption) => [{ to: 'aws_kms_alias.backup', id: `alias/${roleName(adoption)}` }],
  role: ofRole('aws_iam_role.vault'),
  'instance-profile': ofRole('aws_iam_instance_profile.vault'),
  policies: (adoption) =>
    servicesOf(adoption).map((service) => ({ to: `aws_iam_policy.${service}`, id: policyArn(adoption, service) })),
  attachments: (adoption) =>
    servicesOf(adoption).map((service) => ({
      to: `aws_iam_role_policy_attachment.${service}`,
      id: `${nameOf(roleArn(adoption))}/${policyArn(adoption, service)}`,
    })),
};

/** Makes Terraform take over what exists; of what its state holds already, a block says nothing more. */
export function addImportBlocks(stack: TerraformStack, adoption: Adoption): void {
  const blocks = adoption.adopt.flatMap((thing) => BLOCKS[thing]?.(adoption) ?? []);
  if (blocks.length > 0) stack.addOverride('import', blocks);
}

function servicesOf({ usesKeys }: Adoption): readonly ('s3' | 'kms')[] {
  return usesKeys ? ['s3', 'kms'] : ['s3'];
}
