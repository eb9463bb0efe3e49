import { nameOf } from '../../arn';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { missingPolicyName, NOT_A_POLICY } from '../guard/harmless';

const IAM_DENIAL = { refusal: 'AccessDenied', meansAllowed: ['NoSuchEntity', 'MalformedPolicyDocument'] } as const;

export const administerIam: NegativeCheck = {
  id: 'administer-iam',
  title: 'The role can neither read nor widen itself',
  kind: 'negative',
  asks: ['IAM'],
  controls: ['IAM.1', 'IAM.21', 'NIST.800-53.r5 AC-6'],
  does: 'Reads the role, attaches a policy to it that does not exist, and sends text that is no policy as its own policy and as its trust policy.',
  harmless:
    'A policy that does not exist cannot be attached, nor can text be a policy: whoever may write gets NoSuchEntity or MalformedPolicyDocument.',
  passes: 'AccessDenied to each.',
  lookAt: 'The role’s policies, which must hold no iam: action.',
  run: async ({ iam, config, runId }) => {
    const { partition, account, roleArn } = config.aws;
    const RoleName = nameOf(roleArn);
    const PolicyName = missingPolicyName(runId);
    const PolicyArn = `arn:${partition}:iam::${account}:policy/${PolicyName}`;
    const PolicyDocument = NOT_A_POLICY;
    const [read, attached, put, trusted] = await Promise.all([
      iam.getRole({ RoleName }),
      iam.attachRolePolicy({ RoleName, PolicyArn }),
      iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
      iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }),
    ]);
    return judgeDenials([
      { call: 'GetRole', ...IAM_DENIAL, answer: read },
      { call: 'AttachRolePolicy', ...IAM_DENIAL, answer: attached },
      { call: 'PutRolePolicy', ...IAM_DENIAL, answer: put },
      { call: 'UpdateAssumeRolePolicy', ...IAM_DENIAL, answer: trusted },
    ]);
  },
};
