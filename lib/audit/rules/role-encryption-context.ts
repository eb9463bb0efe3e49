import { evaluate } from '../../iam';
import { s3Service } from '../permission-proof/foreign';
import { isOfPlace } from '../permission-proof/ordinary-forms';
import { policyThatLeavesItToIam } from '../policies/assumed-policy';
import { type EnvironmentPolicies, isOwnSideUnknown } from '../policies/environment-policies';
import { EVERYTHING, sessionOf } from '../rule-kit/callers';
import { favourable } from '../rule-kit/favourable-circumstances';
import { failFor } from '../rule-kit/gathered';
import { doubt, doubtOver, inherited, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
export const roleEncryptionContext: Rule = {
  id: 'role-encryption-context',
  title: 'The role may use the key with the encryption context that S3 really sends, and with no other',
  rationale:
    'With bucket keys on, the context names the bucket, else the object: a condition on the other one denies every backup.',
  reads: "the role's policies and the key policy, by evaluation through S3; rule.bucket_key_enabled",
  remedy:
    'Let kms:EncryptionContext:aws:s3:arn equal the bucket ARN with bucket keys, or be like the object ARNs without.',
  controls: { nist80053r5: ['AC-6', 'SC-12', 'SC-28'] },
  check: ({ environment, roles, buckets }) => {
    const at = roles[0]?.resource.address ?? 'aws_iam_role';
    const isKms = buckets.some(
      ({ encryption: { algorithm } }) => algorithm.state !== 'known' || algorithm.value !== 'AES256',
    );
    if (!isKms) return [notApplicable(at, 'S3 manages the keys')];
    if (environment.state !== 'known') {
      const because = environment.state === 'unknown' ? `: ${environment.because}` : '';
      return [doubtOver(environment, at, `the policies are not known${because}`)];
    }
    const { bucket, key } = environment.value;
    if (key === undefined) return [doubt(at, 'the key of the bucket is not known')];
    if (key.policy === undefined && isOwnSideUnknown(environment.value)) {
      return [inherited(at, 'whoever owns the role, and the policy of the key, answers for it')];
    }
    const right = rightContext(bucket);
    const problems = problemsOf(environment.value, right);
    if (problems.length > 0) return [failFor(at, problems)];
    return [pass(at, `bucket keys are ${bucket.bucketKey ? 'on' : 'off'}, and the role may use the key for ${right}`)];
  },
};

function rightContext({ bucketKey, arn }: EnvironmentPolicies['bucket']): string {
  return bucketKey ? arn : `${arn}/org/accounts.csv.gz`;
}

function problemsOf(policies: EnvironmentPolicies, right: string): readonly string[] {
  const { bucketKey, arn } = policies.bucket;
  const wrong = [`${arn}-copy`, ...(bucketKey ? [] : [arn])];
  const refused = ACTIONS.filter((action) => !mayUse(policies, action, right));
  return [
    ...refused.map((action) => `it may not ${action} with the context ${right}`),
    ...ACTIONS.flatMap((action) =>
      wrong
        .filter((context) => mayUse(policies, action, context))
        .map((context) => `it may ${action} with the context ${context}`),
    ),
  ];
}

function mayUse(policies: EnvironmentPolicies, action: string, context: string): boolean {
  const { role, key, account } = policies;
  const session = sessionOf('the role', role.arn);
  const request = {
    principal: session.principal,
    action,
    resource: key?.arn ?? '*',
    resourceAccount: account,
    context: {
      ...session.context,
      'aws:ResourceAccount': account,
      'aws:SecureTransport': 'true',
      // S3 calls on the role's behalf. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
      'aws:ViaAWSService': 'true',
      'aws:CalledVia': ['s3.amazonaws.com'],
      'aws:CalledViaFirst': 's3.amazonaws.com',
      'aws:CalledViaLast': 's3.amazonaws.com',
      ...favourable([...(key?.policy ? [key.policy] : []), ...role.identity], isOfPlace),
      'kms:EncryptionContext:aws:s3:arn': context,
      'kms:ViaService': s3Service(policies, policies.region),
    },
  };
  const granting = key?.policy ?? policyThatLeavesItToIam(policies);
  const boundary = role.boundary && { boundary: role.boundary };
  const identity = isOwnSideUnknown(policies) ? [EVERYTHING] : role.identity;
  return evaluate(request, { identity, key: granting, ...boundary }).result === 'allowed';
}
