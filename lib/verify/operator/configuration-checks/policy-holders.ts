import { nameOf } from '../../../arn';
import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const policyHolders: ConfigurationCheck = {
  id: 'policy-holders',
  title: 'No user, group or other role carries the role’s policies',
  controls: ['IAM.2', 'NIST.800-53.r5 AC-2'],
  reads: ['ListEntitiesForPolicy'],
  passes: 'Each of the environment’s policies is attached to the role alone.',
  // A role has no access keys; a user with the same policies would, and reach the backups with a key that never expires.
  lookAt: 'Policy usage of the named policy: a user with it can reach the backups with a long-term access key.',
  judge: ({ config, audited, live }) =>
    whenRead(live.attached, (attached, seen) => {
      const { roleArn } = config.aws;
      const own = `role/${nameOf(roleArn)}`;
      const others = attached
        .filter(({ arn }) => audited.settings.attachedPolicies.includes(arn))
        .flatMap(({ arn, holders }) => holders.filter((one) => one !== own).map((one) => `${one} carries ${arn}.`));
      return others.length === 0 ? passed(seen, 'Only the role carries them.') : failed(seen, others.join(' '));
    }),
};
