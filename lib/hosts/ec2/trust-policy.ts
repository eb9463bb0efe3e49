import { type PolicyDocument, policyDocument } from '../../policy/document';
import { dnsSuffix } from '../../policy/resource-names';
import type { PolicyTarget } from '../../policy/target';

/**
 * Lets EC2, and nothing else, hand the role to an instance that carries its profile.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html
 */
export function ec2TrustPolicy(target: PolicyTarget): PolicyDocument {
  return policyDocument([
    {
      Sid: 'AssumeFromInstance',
      Effect: 'Allow',
      Principal: { Service: `ec2.${dnsSuffix(target)}` },
      Action: 'sts:AssumeRole',
    },
  ]);
}
