import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';
import { VaultPolicies, type VaultPoliciesProps } from './vault-policies';

export interface VaultRoleProps extends VaultPoliciesProps {
  readonly description: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissionsBoundary?: string;
}

/** The role that Vault's host carries, and its policies (managed, never inline). */
export class VaultRole extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: VaultRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, 'Resource', {
      name: props.name,
      path: props.path,
      description: props.description,
      assumeRolePolicy: JSON.stringify(props.trustPolicy),
      ...(props.permissionsBoundary && { permissionsBoundary: props.permissionsBoundary }),
    });
    this.role.overrideLogicalId('vault');
    new VaultPolicies(this, 'policies', props).attachTo(this.role.name);
  }
}
