import { type Policy, type PolicyKind, parsePolicy } from '../../iam';
import { EC2 } from '../policies/declared-host';
import type { EnvironmentPolicies, KeyPolicies } from '../policies/environment-policies';
import type { AuditReport } from '../report/audit-report';
import type { RecordedAccess, RecordedKey, RecordedPolicy } from '../report/recorded-access';

/**
 * The policies that a report kept, ready to be evaluated.
 *
 * @throws {ToolkitError} `BadPolicy`, when somebody changed the report by hand
 */
export function policiesOfReport(
  { environment, account, region }: AuditReport,
  { partition, role, bucket, key, formerKeys = [], declared }: RecordedAccess,
): EnvironmentPolicies {
  const { policy: bucketPolicy, ...bucketFacts } = bucket;
  return {
    environment,
    partition,
    account,
    region,
    role: {
      arn: role.arn,
      ...(role.trust && { trust: parse(role.trust, 'trust') }),
      identity: role.identity.map((policy) => parse(policy, 'identity')),
      ...(role.boundary && { boundary: parse(role.boundary, 'identity') }),
    },
    bucket: { ...bucketFacts, ...(bucketPolicy && { policy: parse(bucketPolicy, 'resource') }) },
    ...(key && { key: parseKey(key) }),
    formerKeys: formerKeys.map(parseKey),
    declared: { host: EC2, ...declared },
    notAssessed: [],
  };
}

function parseKey({ arn, policy }: RecordedKey): KeyPolicies {
  return { arn, ...(policy && { policy: parse(policy, 'resource') }) };
}

function parse({ name, document }: RecordedPolicy, kind: PolicyKind): Policy {
  return parsePolicy(document, name, { kind });
}
