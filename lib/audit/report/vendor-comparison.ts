import { ACCOUNT_ID } from '../../arn';
import type { Catalogue } from '../../catalogue';
import { evaluate, type Policy, parsePolicy } from '../../iam';
import { onceForEach } from '../once-for-each';
import { actionsOfNamedServices } from '../permission-proof/named-actions';
import type { Proof } from '../permission-proof/proof';
import { policyThatLeavesItToIam } from '../policies/assumed-policy';
import { roleSession } from '../policies/default-context';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { VendorComparison } from './audit-report';

const SOURCE =
  'https://github.com/AutoRabitOrg/knowledgebase/blob/main/product-guides/vault/configuring-vault/configure-backup-environment/amazon-aws-s3-storage-environment/README.md';

/** The policy for the user of the access-key variant, as the vendor's page on S3 gives it. */
function vendorPolicy({ bucket, partition }: EnvironmentPolicies): Policy {
  const own = [bucket.arn, `${bucket.arn}/*`];
  const Statement = [
    { Sid: 'ListBuckets', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: `arn:${partition}:s3:::*` },
    { Sid: 'Everything', Effect: 'Allow', Action: 's3:*', Resource: own },
    { Sid: 'NothingElse', Effect: 'Deny', NotAction: 's3:*', NotResource: own },
  ];
  return parsePolicy({ Version: '2012-10-17', Statement }, "the vendor's policy", { kind: 'identity' });
}

/**
 * Compares what the vendor's documentation tells people to paste with what this environment grants, by evaluation over
 * every action of the catalogue, on the bucket, on a backup in it, on the key, and on no resource.
 */
export function compareWithVendor(policies: EnvironmentPolicies, proof: Proof, catalogue: Catalogue): VendorComparison {
  const granted = new Set(
    proof.items
      .filter(({ kind, evidence }) => kind === 'permission' && evidence.caller === 'the role' && evidence.by.length > 0)
      .flatMap(({ evidence }) => evidence.actions),
  );
  const vendors = vendorActions(policies, catalogue);
  return {
    policy: "the policy for the user of the access-key variant, as the vendor's page on S3 gives it",
    source: SOURCE,
    notGranted: [...vendors].filter((action) => !granted.has(action)).sort(),
    onlyGrantedHere: [...granted].filter((action) => !vendors.has(action)).sort(),
  };
}

/** The vendor's policy allows the same under every ordinary name, so its answers are worked out once. */
function vendorActions(policies: EnvironmentPolicies, catalogue: Catalogue): ReadonlySet<string> {
  if (!hasOrdinaryNames(policies)) return allowedByVendor(policies, catalogue);
  const known = ordinaryAnswers(catalogue);
  const kind = `${policies.partition} ${policies.key !== undefined}`;
  const allowed = known.get(kind) ?? allowedByVendor(policies, catalogue);
  known.set(kind, allowed);
  return allowed;
}

/** By the partition, and by whether there is a key. */
const ordinaryAnswers = onceForEach((_: Catalogue) => new Map<string, ReadonlySet<string>>());

/** Without wildcards and policy variables, each ARN of its own service. */
function hasOrdinaryNames({ account, partition, bucket, key, role }: EnvironmentPolicies): boolean {
  const isOf = (service: string, arn: string) =>
    arn.startsWith(`arn:${partition}:${service}:`) && /^[\w+=,.@:/-]+$/.test(arn);
  return (
    ACCOUNT_ID.test(account) &&
    isOf('s3', bucket.arn) &&
    isOf('iam', role.arn) &&
    (key === undefined || isOf('kms', key.arn))
  );
}

/** Only actions that it names to allow them are asked about: the key leaves it to the policies of the caller. */
function allowedByVendor(policies: EnvironmentPolicies, catalogue: Catalogue): ReadonlySet<string> {
  const { account, bucket, key } = policies;
  const vendors = vendorPolicy(policies);
  const identity = [vendors];
  const allowing = { ...vendors, statements: vendors.statements.filter(({ effect }) => effect === 'Allow') };
  const principal = roleSession(policies);
  const granting = policyThatLeavesItToIam(policies);
  const context = { 'aws:ResourceAccount': account, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
  // AWS asks about every bucket where an action of S3 takes none, so that this pattern fits as well as '*'.
  const everyBucket = `arn:${policies.partition}:s3:::*`;
  const places = [bucket.arn, `${bucket.arn}/org/accounts.csv.gz`, ...(key ? [key.arn] : [])];
  const allowed = actionsOfNamedServices([allowing], [], catalogue).filter(({ name, service, resourceTypes }) => {
    const resources =
      resourceTypes.length === 0
        ? [service === 's3' ? everyBucket : '*']
        : places.filter((arn) => takes(service, resourceTypes, arn, bucket.arn));
    return resources.some((resource) => {
      const request = { principal, action: name, resource, resourceAccount: account, context };
      return evaluate(request, { identity, ...(service === 'kms' && { key: granting }) }).result === 'allowed';
    });
  });
  return new Set(allowed.map(({ name }) => name));
}

/** Which of the environment's resources an action can be about. */
function takes(
  service: string,
  types: Catalogue['actions'][number]['resourceTypes'],
  arn: string,
  bucketArn: string,
): boolean {
  const type = arn === bucketArn ? 'bucket' : arn.startsWith(bucketArn) ? 'object' : 'key';
  return service === (type === 'key' ? 'kms' : 's3') && types.some(({ name }) => name === type);
}
