/** IAM has one control plane for each partition; region prefix of the partition, and the region that holds it. */
const CONTROL_PLANES: readonly (readonly [string, string])[] = [
  ['us-gov-', 'us-gov-west-1'],
  ['cn-', 'cn-north-1'],
];

/**
 * The region that requests to IAM are signed for.
 *
 * With AWS's own endpoints the SDK knows; with an endpoint of the user's it would sign for the client's region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
export function iamRegion(region: string): string {
  return CONTROL_PLANES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'us-east-1';
}
