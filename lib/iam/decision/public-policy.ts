import type { AccessPolicies, AccessRequest, Condition, Policy, Statement } from '../types';

/**
 * Whether S3 Block Public Access takes this caller what the bucket policy grants.
 *
 * Under `RestrictPublicBuckets` a public policy grants only to AWS services and to the owner's account; what it grants
 * to one other account by name is taken too. Its denials keep their force.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-options
 */
export function isRefusedByBlock(request: AccessRequest, policies: AccessPolicies): boolean {
  const { publicAccessBlock, resource } = policies;
  if (!publicAccessBlock?.restrictPublicBuckets || resource === undefined) return false;
  if (!request.action.toLowerCase().startsWith('s3:') || isExempt(request)) return false;
  return isPublicPolicy(resource);
}

function isExempt({ principal, resourceAccount }: AccessRequest): boolean {
  return principal.kind === 'service' || ('account' in principal && principal.account === resourceAccount);
}

/** Condition keys that make a grant private, when they are held to fixed values. */
const NARROWING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

const POSITIVE_OPERATORS = /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress)$/;

/** Ranges with fewer leading bits than these are the whole world by another name. */
const MIN_PREFIX_BITS = { ipv4: 8, ipv6: 32 };

/**
 * Whether S3 calls the policy public: some statement allows anyone, and no condition holds it to fixed values.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(policy: Policy): boolean {
  return policy.statements.some(
    (statement) => statement.effect === 'Allow' && admitsAnyone(statement) && !statement.conditions.some(narrows),
  );
}

function admitsAnyone({ principals }: Statement): boolean {
  if (!principals) return false;
  if (principals.negated || principals.anyone) return true;
  return Object.values(principals.byType).some((values) => values.includes('*'));
}

function narrows({ operator, key, values }: Condition): boolean {
  const name = key.toLowerCase();
  if (!POSITIVE_OPERATORS.test(operator) || !NARROWING_KEYS.has(name)) return false;
  return values.every((value) => isFixed(name, value));
}

function isFixed(key: string, value: string): boolean {
  if (key === 'aws:sourceip') return isNarrowRange(value);
  if (key === 'aws:userid') return !value.includes('${') && !value.startsWith('*') && !value.startsWith('?');
  if (key === 's3:dataaccesspointarn') return isAccessPoints(value);
  return !/[*?]|\$\{/.test(value);
}

/** ARNs of the access points of one account: wildcards only after `accesspoint/`. One long pattern would be quadratic. */
function isAccessPoints(arn: string): boolean {
  const start = /^arn:[^*?]+?:s3:/.exec(arn)?.[0];
  const rest = arn.slice(start?.length);
  const head = /^[^*?]*:\d{12}:accesspoint\/(?=.)/.exec(rest)?.[0];
  return start !== undefined && head !== undefined && /^.+$/.test(rest.slice(head.length));
}

function isNarrowRange(cidr: string): boolean {
  const prefixBits = Number(/\/(\d+)$/.exec(cidr)?.[1] ?? MIN_PREFIX_BITS.ipv6);
  return prefixBits >= (cidr.includes(':') ? MIN_PREFIX_BITS.ipv6 : MIN_PREFIX_BITS.ipv4);
}
