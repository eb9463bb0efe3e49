import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { ec2TrustPolicy } from '../../hosts/ec2/trust-policy';
import { instanceProfileArn } from '../../policy/resource-names';
import { VaultRole } from '../vault-role';
import type { AddHost } from './host-resources';

/** The role, and the instance profile that hands it to an instance. */
export const addEc2Host: AddHost<'ec2'> = (scope, { target, role: props }) => {
  const vaultRole = new VaultRole(scope, 'role', { ...props, trustPolicy: ec2TrustPolicy(target) });
  new IamInstanceProfile(vaultRole, 'InstanceProfile', {
    name: props.name,
    path: props.path,
    role: vaultRole.role.name,
  }).overrideLogicalId('vault');
  return { kind: 'ec2', instanceProfileArn: instanceProfileArn(target) };
};
