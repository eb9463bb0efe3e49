import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Facet } from './facets';

/** The name of the form in which a condition key is not there. */
export const ABSENT = 'absent';

/** How the requests of Vault's host carry a condition key. */
export interface OrdinaryForm {
  /** The one value that they carry. */
  readonly value?: string;
  readonly needed?: Facet['needed'];
}

/**
 * Keys that tell where a host is, or whose. The environment file does not say it, so a policy may: whoever writes the
 * address of an endpoint into a policy knows it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const OF_PLACE: ReadonlySet<string> = new Set([
  'aws:ec2instancesourceprivateipv4',
  'aws:ec2instancesourcevpc',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
  'ec2:sourceinstancearn',
]);

/**
 * Keys that no request of the host carries: its credentials are those of a role without MFA, it calls for itself, and
 * the permissions for access lists, tags and locks of an object are not given.
 */
const NEVER_SENT =
  /^(?:aws:(?:multifactorauth.+|calledvia.*|principalservicename.*)|s3:(?:x-amz-(?:acl|grant-.+)|requestobjecttag.*|object-lock-.+))$/;

/** How a condition key, in lower case, comes with a request that must be allowed. */
export function ordinaryForm(key: string, { region }: EnvironmentPolicies): OrdinaryForm {
  if (OF_PLACE.has(key)) return { needed: 'any' };
  if (NEVER_SENT.test(key)) return { needed: [ABSENT] };
  const value = valuesIn(region)[key];
  return value === undefined ? {} : { value, needed: [value] };
}

/** Values that each request of the host carries. @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html */
function valuesIn(region: string): Readonly<Record<string, string>> {
  return {
    'aws:requestedregion': region,
    'aws:viaawsservice': 'false',
    's3:authtype': 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
  };
}
