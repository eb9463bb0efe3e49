import type { NegativeCheck } from '../check';
import { judgeDenials } from '../denial';

const IAM_DENIAL = { refusal: 'AccessDenied', meansAllowed: ['NoSuchEntity'] } as const;

export const administerIam: NegativeCheck = {
  id: 'administer-iam',
  title: 'The role can neither read nor widen itself',
  kind: 'negative',
  does: 'Reads the role, and attaches a policy to it that does not exist.',
  harmless: 'A policy that does not exist cannot be attached: whoever may attach policies gets NoSuchEntity.',
  passes: 'AccessDenied to both.',
  lookAt: 'The role’s policies, which must hold no iam: action.',
  run: async ({ iam, config, runId }) => {
    const { partition, account, roleArn } = config.aws;
    const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const PolicyArn = `arn:${partition}:iam::${account}:policy/vault-env-verify-${runId}-does-not-exist`;
    return judgeDenials([
      { call: 'GetRole', ...IAM_DENIAL, answer: await iam.getRole({ RoleName }) },
      { call: 'AttachRolePolicy', ...IAM_DENIAL, answer: await iam.attachRolePolicy({ RoleName, PolicyArn }) },
    ]);
  },
};
