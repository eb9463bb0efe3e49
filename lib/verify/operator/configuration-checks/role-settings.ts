import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const roleSettings: ConfigurationCheck = {
  id: 'role-settings',
  title: 'The role is the audited one, with its path and its session length',
  controls: ['NIST.800-53.r5 CM-3'],
  reads: ['GetRole'],
  passes: 'A role of the ARN in the config, with the audited path and maximum session duration.',
  lookAt: 'The role in IAM; Terraform puts it right: terraform plan shows the difference.',
  judge: ({ config, audited, live }) =>
    whenRead(live.role, (role, seen) => {
      if (role === undefined) return failed(seen, `The role ${config.aws.roleArn} does not exist.`);
      if (role.arn !== config.aws.roleArn)
        return failed(seen, `The role of that name is ${role.arn}, not ${config.aws.roleArn}.`);
      const { role: settings } = audited.settings;
      if (settings === undefined) return passed(seen, "The role exists; its settings are its owner's.");
      return judgeSettings(seen, settings, role.settings);
    }),
};
