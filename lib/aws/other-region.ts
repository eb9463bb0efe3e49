/** Two regions of each partition that every account has; region prefix of the partition first. */
const REGIONS: readonly (readonly [string, readonly [string, string]])[] = [
  ['us-gov-', ['us-gov-west-1', 'us-gov-east-1']],
  ['cn-', ['cn-north-1', 'cn-northwest-1']],
  ['', ['us-east-1', 'us-west-2']],
];

/**
 * A region of the same partition, other than this one.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function otherRegion(region: string): string {
  const [, [first, second]] = REGIONS.find(([prefix]) => region.startsWith(prefix)) ?? ['', ['us-east-1', 'us-west-2']];
  return region === first ? second : first;
}
