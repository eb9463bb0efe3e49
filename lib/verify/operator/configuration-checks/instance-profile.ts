import { instanceProfileOf } from '../../../hosts';
import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const instanceProfile: ConfigurationCheck = {
  id: 'instance-profile',
  title: 'The instance profile holds the role, and no other profile does',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 IA-5'],
  reads: ['GetInstanceProfile', 'ListInstanceProfilesForRole'],
  passes: 'The profile of the config exists and holds exactly the role; the role is in no other profile.',
  lookAt: 'aws iam get-instance-profile: a profile without the role gives the Vault host no credentials.',
  applies: ({ config, audited }) =>
    instanceProfileOf(config.host) !== undefined && audited.settings.instanceProfile !== undefined,
  judge: ({ config: { aws, host }, live }) =>
    whenRead(live.instanceProfile, (profile, seen) => {
      const profileArn = instanceProfileOf(host);
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
    }),
};
