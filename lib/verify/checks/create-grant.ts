import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html */
export const createGrant: NegativeCheck = {
  id: 'create-grant',
  title: 'Nobody can be given a grant on the key',
  kind: 'negative',
  asks: ['KMS'],
  controls: ['KMS.1', 'NIST.800-53.r5 AC-6'],
  does: 'Asks KMS, as a dry run, to let the role describe the key by a grant.',
  harmless: 'A dry run only tells whether the call would be allowed; KMS makes no grant.',
  passes: 'AccessDeniedException.',
  lookAt: 'The role’s policies and the key policy, of which none may hold kms:CreateGrant for the role.',
  run: async ({ kms, config }) => {
    const { keyArn: KeyId, roleArn: GranteePrincipal } = config.aws;
    if (KeyId === undefined) {
      return { result: 'inconclusive', observed: [], detail: 'The config names no key that a grant could be on.' };
    }
    return judgeDenials([
      {
        call: 'CreateGrant',
        refusal: 'AccessDeniedException',
        meansAllowed: ['DryRunOperationException'],
        answer: await kms.createGrant({ KeyId, GranteePrincipal, Operations: ['DescribeKey'], DryRun: true }),
      },
    ]);
  },
};
