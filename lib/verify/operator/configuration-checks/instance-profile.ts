import { instanceProfileOf } from '../../../hosts';
import { failed, passed } from '../../check-kit/outcome';
import type { Comparison, ConfigurationCheck, ConfigurationOutcome } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const instanceProfile: ConfigurationCheck = {
  id: 'instance-profile',
  title: 'The instance profile of the config holds the role, and no other profile does',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 IA-5'],
  reads: ['GetInstanceProfile', 'ListInstanceProfilesForRole'],
  passes:
    'The profile of the config exists and holds exactly the role; the role is in no other profile. The role of a host outside of AWS is in none.',
  lookAt: 'aws iam get-instance-profile: a profile without the role gives the Vault host no credentials.',
  applies: ({ config: { host }, audited: { settings } }) =>
    host.kind === 'on-premises' || (instanceProfileOf(host) !== undefined && settings.instanceProfile !== undefined),
  judge: ({ config: { aws, host }, live }) => {
    const profileArn = instanceProfileOf(host);
    if (profileArn === undefined) return judgeNone(live);
    return whenRead(live.instanceProfile, (profile, seen) => {
      if (profile === undefined) return failed(seen, `${profileArn} does not exist.`);
      if (profile.roleArns.join() !== aws.roleArn) {
        return failed(seen, `The profile holds ${profile.roleArns.join(', ') || 'no role'}, not ${aws.roleArn}.`);
      }
      return whenRead(live.profilesOfRole, (profiles, profilesSeen) => {
        const others = profiles.filter((arn) => arn !== profileArn);
        const observed = [...seen, ...profilesSeen];
        if (others.length === 0) return passed(observed, 'The profile holds exactly the role.');
        return failed(
          observed,
          `The role is also in ${others.join(', ')}: any instance with it can reach the backups.`,
        );
      });
    });
  },
};

function judgeNone({ profilesOfRole }: Comparison['live']): ConfigurationOutcome {
  return whenRead(profilesOfRole, (profiles, seen) => {
    if (profiles.length === 0) return passed(seen, 'The role of a host outside of AWS is in no instance profile.');
    return failed(seen, `The role is in ${profiles.join(', ')}, and its host is outside of AWS.`);
  });
}
