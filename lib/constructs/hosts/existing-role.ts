import { nameOf } from '../../arn';
import { isForeignRole, policyArn, roleAccount, roleArn } from '../../policy/resource-names';
import { VaultPolicies } from '../vault-policies';
import type { AddHost } from './host-resources';

/**
 * The policies that the role must carry; the role itself stays as it is, and gets them only where that is asked for.
 *
 * A role of another account gets nothing here: bucket and key let it in, and its owner attaches what emit writes.
 */
export const addExistingRoleHost: AddHost<'existing-role'> = (scope, { target, host, role: props }) => {
  const { runBy } = host;
  if (isForeignRole(target)) {
    return { kind: 'existing-role', roleAccount: roleAccount(target), policyArns: [], attached: false, runBy };
  }
  const policies = new VaultPolicies(scope, 'policies', props);
  if (host.attach) policies.attachTo(nameOf(roleArn(target)));
  return {
    kind: 'existing-role',
    policyArns: [policyArn(target, 's3'), ...(props.kmsPolicy ? [policyArn(target, 'kms')] : [])],
    attached: host.attach,
    runBy,
  };
};
