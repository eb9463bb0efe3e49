import { type Policy, parsePolicy } from '../../iam';
import { type EnvironmentPolicies, foreignRoleAccount } from './environment-policies';

/**
 * Stands for the policy of a key or a role that is not part of the environment: it lets in whoever IAM lets in, of the
 * account and of that of its role.
 *
 * Nothing usual is wider, so what is refused under it is refused by the role's own policies.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function policyThatLeavesItToIam(policies: EnvironmentPolicies): Policy {
  const { partition, account } = policies;
  const accounts = [account, foreignRoleAccount(policies) ?? []].flat();
  const Principal = { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) };
  const Statement = [{ Sid: 'LeaveItToIam', Effect: 'Allow', Principal, Action: '*', Resource: '*' }];
  return parsePolicy({ Version: '2012-10-17', Statement }, 'policy of another resource');
}
