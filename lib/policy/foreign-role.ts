import { type Capability, grantsOf } from './capabilities';
import type { PolicyStatement } from './document';
import { objectsArn, roleArn, roleRootArn } from './resource-names';
import type { PolicyTarget } from './target';

/**
 * Statements of the bucket policy for a role of another account: what its capabilities need, and an upload refused that
 * names KMS but no key, which S3 would encrypt under a key of AWS that no other account can use.
 *
 * The principal is the root of the role's account, and `aws:PrincipalArn` is the role: so the policy can be written before
 * there is a role, survives one that is made again, and leaves nobody else of that account in.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function foreignRoleStatements(
  target: PolicyTarget,
  capabilities: readonly Capability[],
): readonly PolicyStatement[] {
  const ArnEquals = { 'aws:PrincipalArn': roleArn(target) };
  const grants = grantsOf(capabilities).filter(({ ownedByAccount }) => ownedByAccount);
  return [
    {
      Sid: 'DenyKeyLeftOut',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: objectsArn(target),
      Condition: {
        ArnEquals,
        StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
        Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' },
      },
    },
    ...grants.map(
      ({ sid, actions, resource }): PolicyStatement => ({
        Sid: sid,
        Effect: 'Allow',
        Principal: { AWS: roleRootArn(target) },
        Action: actions,
        Resource: resource(target),
        Condition: { ArnEquals },
      }),
    ),
  ];
}
