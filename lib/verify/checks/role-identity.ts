import { sessionArnPrefix } from '../../arn';
import type { PositiveCheck } from '../check-kit/check';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const roleIdentity: PositiveCheck = {
  id: 'role-identity',
  title: 'Credentials are those of the role, in its account',
  kind: 'positive',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 IA-5(1)'],
  requires: [],
  isRetried: false,
  does: 'Asks STS who the caller is.',
  harmless: 'GetCallerIdentity reads nothing but the caller itself and needs no permission.',
  passes: 'A session of the role that the config names.',
  lookAt: 'Which instance profile or profile the credentials of this host come from.',
  run: async ({ sts, config }) => {
    const answer = await sts.getCallerIdentity({});
    if (!answer.ok) return refused('GetCallerIdentity', answer);
    const actual = answer.value.Arn ?? '';
    const seen = [observe('GetCallerIdentity', answer, actual)];
    const expected = sessionArnPrefix(config.aws.roleArn);
    if (actual.startsWith(expected)) return passed(seen, `The caller is ${actual}.`);
    return failed(seen, `The caller is ${actual}, and not a session of ${config.aws.roleArn}.`);
  },
};
