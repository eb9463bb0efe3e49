import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';

export interface VaultRoleProps {
  /** Name of the role; the policies add `-s3` and `-kms`. */
  readonly name: string;
  /** IAM path, with a slash at both ends. */
  readonly path: string;
  readonly description: string;
  readonly trustPolicy: PolicyDocument;
  readonly s3Policy: PolicyDocument;
  /** Apart from `s3Policy`, because it is unknown in a plan that creates the key. */
  readonly kmsPolicy?: PolicyDocument;
  readonly permissionsBoundary?: string;
}

/** The role that Vault's host carries, and its policies (managed, never inline). */
export class VaultRole extends Construct {
  readonly role: IamRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VaultRoleProps,
  ) {
    super(scope, id);
    this.role = new IamRole(this, 'Resource', {
      name: props.name,
      path: props.path,
      description: props.description,
      assumeRolePolicy: JSON.stringify(props.trustPolicy),
      ...(props.permissionsBoundary && { permissionsBoundary: props.permissionsBoundary }),
    });
    this.role.overrideLogicalId('vault');
    this.attach('s3', props.s3Policy);
    if (props.kmsPolicy) this.attach('kms', props.kmsPolicy);
  }

  private attach(service: 's3' | 'kms', document: PolicyDocument): void {
    const policy = new IamPolicy(this, `${service}-policy`, {
      name: `${this.props.name}-${service}`,
      path: this.props.path,
      policy: JSON.stringify(document),
    });
    policy.overrideLogicalId(service);
    new IamRolePolicyAttachment(this, `${service}-attachment`, {
      role: this.role.name,
      policyArn: policy.arn,
    }).overrideLogicalId(service);
  }
}
