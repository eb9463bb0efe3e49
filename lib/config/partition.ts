import { nearestName } from '../nearest-name';

export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';

/**
 * Every region of the partitions that Vault can be used in, as the AWS SDK in use knows them; a test keeps them in step.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const REGIONS: Readonly<Record<Partition, readonly string[]>> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'me-west-1',
    'mx-central-1',
    'sa-east-1',
    'sa-west-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

const PARTITION_OF_REGION: ReadonlyMap<string, Partition> = new Map(
  (Object.keys(REGIONS) as Partition[]).flatMap((partition) => REGIONS[partition].map((region) => [region, partition])),
);

/** Names of all regions, partition by partition. */
export const ALL_REGIONS: readonly string[] = [...PARTITION_OF_REGION.keys()];

/** The partition that a region belongs to; undefined for a name that is no region of these partitions. */
export function partitionOf(region: string): Partition | undefined {
  return PARTITION_OF_REGION.get(region);
}

/** The rule that a name breaks which `partitionOf` does not know, with the region that was probably meant. */
export function regionRule(name: string): string {
  return `must be a region of AWS, AWS GovCloud (US) or AWS China, such as ${nearestName(name, ALL_REGIONS) ?? 'us-east-1'}`;
}
