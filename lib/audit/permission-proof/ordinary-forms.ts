import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Facet } from './facets';

/** The name of the form in which a condition key is not there. */
export const ABSENT = 'absent';

/** How requests carry a condition key: those of Vault's host, and those that S3 then makes to the key. */
export interface OrdinaryForm {
  /** Values that they carry, to be tried whether a policy names them or not. */
  readonly values: readonly string[];
  readonly needed?: Facet['needed'];
  readonly neededByS3?: Facet['needed'];
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
  'ec2:sourceinstancearn',
]);

const OF_ORGANIZATION = /^aws:(?:principal|resource)org(?:id|paths)$/;

/** Whether a key, in lower case, tells where the host is or whose, and may so be what a policy says. */
export function isOfPlace(key: string): boolean {
  return OF_PLACE.has(key);
}

/** Whether a key, in lower case, is the same for everybody of the account. */
export function isOfOrganization(key: string): boolean {
  return OF_ORGANIZATION.test(key);
}

/** Keys of the endpoint that the host calls through, which S3 does not pass on: the address it does. */
const OF_ENDPOINT = /^aws:(?:sourcevpc(?:arn|e)?|vpce.+|vpcsourceip)$/;

/** Keys that name the service which calls on behalf of the host. */
const VIA_S3 = /^aws:calledvia(?:first|last)?$/;
const S3_SERVICE = 's3.amazonaws.com';

/**
 * Keys that no request of the host carries: its credentials are those of a role without MFA, it calls for itself, and
 * the permissions for access lists, tags and locks of an object are not given. No page of Vault's speaks of copies or of
 * storage classes.
 */
const NEVER_SENT =
  /^(?:aws:(?:multifactorauth.+|calledviaawsmcp|principalservicename.*)|s3:(?:x-amz-(?:acl|copy-source|grant-.+|metadata-directive|storage-class|website-.+)|requestobjecttag.*|object-lock-.+))$/;

/**
 * How a condition key, in lower case, comes with a request that must be allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function ordinaryForm(key: string, { region, declared }: EnvironmentPolicies): OrdinaryForm {
  if (VIA_S3.test(key)) {
    return { values: [S3_SERVICE], needed: [ABSENT], neededByS3: [S3_SERVICE, `[${S3_SERVICE}]`] };
  }
  if (OF_ENDPOINT.test(key)) return { values: [], needed: 'any', neededByS3: [ABSENT] };
  if (OF_PLACE.has(key)) return { values: [], needed: 'any' };
  if (NEVER_SENT.test(key)) return { values: [], needed: [ABSENT] };
  if (key === 'aws:viaawsservice') return { values: ['false', 'true'], needed: ['false'], neededByS3: ['true'] };
  if (key === 'ec2:roledelivery' && declared.host.kind !== 'ec2') return { values: [], needed: [ABSENT] };
  const value = valuesIn(region)[key];
  return value === undefined ? { values: [] } : { values: [value], needed: [value] };
}

/** Values that each request of the host carries. @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html */
function valuesIn(region: string): Readonly<Record<string, string>> {
  return {
    'aws:requestedregion': region,
    // The rules ask for version 2 of the metadata service.
    'ec2:roledelivery': '2.0',
    's3:authtype': 'REST-HEADER',
    's3:signatureage': '1000',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
  };
}
