import { awsConfigValue } from '../../quoting/aws-config-value';
import { shellWord } from '../../quoting/shell-word';
import type { HostToSetUp } from '../host-file';
import { helperCommand } from './helper-command';

/** The AWS configuration of the user that runs Vault, named by `AWS_CONFIG_FILE`. */
export function awsConfig(toSetUp: HostToSetUp<'on-premises'>): string {
  const { aws, host } = toSetUp;
  return [
    '# AWS configuration of the user that runs Vault; nothing in it is secret.',
    '[default]',
    `region = ${awsConfigValue(aws.region)}`,
    ...(host.helper === 'process'
      ? [`credential_process = ${awsConfigValue(helperCommand(toSetUp).map(shellWord).join(' '))}`]
      : []),
    '',
  ].join('\n');
}
