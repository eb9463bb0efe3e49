import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePoliciesExclusive } from '@cdktf/provider-aws/lib/iam-role-policies-exclusive';
import { IamRolePolicyAttachmentsExclusive } from '@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';
import { VaultPolicies, type VaultPoliciesProps } from './vault-policies';

export interface VaultRoleProps extends VaultPoliciesProps {
  readonly description: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissionsBoundary?: string;
  /** Whether policies of earlier days are taken from the role; one that is made has none. */
  readonly holdsNothingElse: boolean;
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
    const policies = new VaultPolicies(this, 'policies', props);
    policies.attachTo(this.role.name);
    if (props.holdsNothingElse) this.takeOtherPolicies(policies);
  }

  /** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role_policies_exclusive */
  private takeOtherPolicies(policies: VaultPolicies): void {
    const roleName = this.role.name;
    new IamRolePoliciesExclusive(this, 'InlinePolicies', { roleName, policyNames: [] }).overrideLogicalId('vault');
    new IamRolePolicyAttachmentsExclusive(this, 'Attachments', {
      roleName,
      policyArns: [...policies.arns],
      dependsOn: [...policies.attachments],
    }).overrideLogicalId('vault');
  }
}
