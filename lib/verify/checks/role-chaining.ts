import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { NO_RIGHTS, SHORTEST_SESSION_SECONDS } from '../guard/harmless';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const roleChaining: NegativeCheck = {
  id: 'role-chaining',
  title: 'The role cannot renew itself by assuming itself',
  kind: 'negative',
  asks: ['STS'],
  controls: ['NIST.800-53.r5 AC-6'],
  does: 'Assumes the role with its own credentials, for the shortest time and with a session policy that denies everything.',
  harmless: 'The session could do nothing at all, and its credentials are thrown away unread.',
  passes: 'AccessDenied.',
  lookAt: 'The trust policy, which must name the host and nobody else, and sts:AssumeRole in the role’s policies.',
  run: async ({ sts, config, runId }) =>
    judgeDenials([
      {
        call: 'AssumeRole',
        refusal: 'AccessDenied',
        answer: await sts.assumeRole({
          RoleArn: config.aws.roleArn,
          RoleSessionName: `vault-env-verify-${runId}`.slice(0, 64),
          DurationSeconds: SHORTEST_SESSION_SECONDS,
          Policy: NO_RIGHTS,
        }),
      },
    ]),
};
