import type { AccountState } from '../../state/account-state';

/**
 * The service principal of EC2, which instance profiles pass roles to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export function ec2ServicePrincipal({ partition }: Pick<AccountState, 'partition'>): string {
  return partition === 'aws-cn' ? 'ec2.amazonaws.com.cn' : 'ec2.amazonaws.com';
}
