import type { AccountState } from '../state/account-state';
import { type Presentation, scopeOf } from '../wire/signature/presented-signature';

/**
 * The region in which each partition keeps IAM, and the endpoint of STS that is not bound to a region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html */
const MULTI_REGION_HOME = 'us-west-2';
const MULTI_REGION_PATH = /^\/v20180820\/mrap\//;

type Place = Pick<AccountState, 'partition' | 'region' | 'accounts'>;

/** The region of the partition's global services. */
function globalRegion({ partition }: Pick<AccountState, 'partition'>): string {
  return GLOBAL_REGIONS[partition] ?? 'us-east-1';
}

/**
 * The regions that a request to the service may be signed for, the one that is expected first.
 *
 * Every region is served at the same endpoint. IAM takes them all as well: a client whose endpoint is configured, as every
 * client of this account's is, no longer knows that IAM is signed for one region of the partition. Multi-Region Access
 * Points are kept in one region, whichever the account has here.
 */
export function acceptedRegions(place: Place, service: string, path: string): readonly string[] {
  const { regions } = place.accounts;
  if (service === 's3' && MULTI_REGION_PATH.test(path)) return [MULTI_REGION_HOME, ...regions];
  if (service === 'iam') {
    return [globalRegion(place), ...regions];
  }
  return service === 'sts' ? [...regions, globalRegion(place)] : regions;
}

/**
 * The region of the endpoint that a request was sent to. Requests to IAM are always sent to its one region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function requestedRegion(
  place: Place,
  { serviceName, presentation }: { readonly serviceName: string; readonly presentation: Presentation },
): string {
  if (serviceName === 'iam') {
    return globalRegion(place);
  }
  return scopeOf(presentation)?.region ?? place.region;
}
