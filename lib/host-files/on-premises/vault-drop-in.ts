import { systemdVariable } from '../../quoting/systemd-word';
import type { HostToSetUp } from '../host-file';
import { PLACES, SERVE_PORT } from './places';

export const SERVE_UNIT = 'vault-roles-anywhere.service';

/** Environment of the service that runs Vault, in which the AWS SDK finds region and credentials. */
export function vaultVariables({ aws, host }: HostToSetUp<'on-premises'>): Readonly<Record<string, string>> {
  return {
    AWS_REGION: aws.region,
    AWS_CONFIG_FILE: PLACES.awsConfig,
    ...(host.helper === 'process'
      ? { AWS_EC2_METADATA_DISABLED: 'true' }
      : { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${SERVE_PORT}` }),
  };
}

/** Variables that would win over the certificate. */
const WINNING_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'] as const;

/**
 * The drop-in of systemd for the service that runs Vault.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function vaultDropIn(toSetUp: HostToSetUp<'on-premises'>): string {
  const variables = Object.entries(vaultVariables(toSetUp));
  return [
    '# Drop-in for the service that runs Vault. Where a start script does not pass its environment on to the JVM:',
    `#   ${javaProperties(toSetUp).join(' ')}`,
    ...(toSetUp.host.helper === 'serve' ? ['[Unit]', `Wants=${SERVE_UNIT}`, `After=${SERVE_UNIT}`, ''] : []),
    '[Service]',
    ...variables.map(([name, value]) => `Environment=${systemdVariable(name, value)}`),
    `UnsetEnvironment=${WINNING_VARIABLES.join(' ')}`,
    '',
  ].join('\n');
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html */
function javaProperties({ aws, host }: HostToSetUp<'on-premises'>): readonly string[] {
  return [
    `-Daws.region=${aws.region}`,
    host.helper === 'process'
      ? `-Daws.configFile=${PLACES.awsConfig}`
      : `-Daws.ec2MetadataServiceEndpoint=http://127.0.0.1:${SERVE_PORT}`,
  ];
}
