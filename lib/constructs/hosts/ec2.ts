import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { VaultRole } from '../vault-role';
import type { AddHost } from './host-resources';

/** The role, and the instance profile that hands it to an instance. */
export const addEc2Host: AddHost<'ec2'> = (scope, { role: props }) => {
  const vaultRole = new VaultRole(scope, 'role', props);
  new IamInstanceProfile(vaultRole, 'InstanceProfile', {
    name: props.name,
    path: props.path,
    role: vaultRole.role.name,
  }).overrideLogicalId('vault');
};
