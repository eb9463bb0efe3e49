import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';

export interface VaultPoliciesProps {
  /** The policies add `-s3` and `-kms`. */
  readonly name: string;
  /** IAM path, with a slash at both ends. */
  readonly path: string;
  readonly s3Policy: PolicyDocument;
  /** Apart from `s3Policy`, because it is unknown in a plan that creates the key. */
  readonly kmsPolicy?: PolicyDocument;
}

/** The role's permissions, as managed policies. */
export class VaultPolicies extends Construct {
  private readonly policies: readonly { readonly service: 's3' | 'kms'; readonly policy: IamPolicy }[];
  readonly attachments: IamRolePolicyAttachment[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VaultPoliciesProps,
  ) {
    super(scope, id);
    const { s3Policy, kmsPolicy } = props;
    this.policies = [this.add('s3', s3Policy), ...(kmsPolicy ? [this.add('kms', kmsPolicy)] : [])];
  }

  /** Attaches each of them to the role of that name. */
  attachTo(role: string): void {
    for (const { service, policy } of this.policies) {
      const attachment = new IamRolePolicyAttachment(this, `${service}-attachment`, { role, policyArn: policy.arn });
      attachment.overrideLogicalId(service);
      this.attachments.push(attachment);
    }
  }

  get arns(): readonly string[] {
    return this.policies.map(({ policy }) => policy.arn);
  }

  private add(service: 's3' | 'kms', document: PolicyDocument) {
    const policy = new IamPolicy(this, `${service}-policy`, {
      name: `${this.props.name}-${service}`,
      path: this.props.path,
      policy: JSON.stringify(document),
    });
    policy.overrideLogicalId(service);
    return { service, policy };
  }
}
