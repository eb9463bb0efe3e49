import type { ClientOptions } from '../lib/aws/client-config';
import type { AwsOptions } from '../lib/aws/connect';
import type { BackupEnvironment } from '../lib/backup-environment';
import type { ProcessEnvironment } from '../lib/process-environment';

/**
 * How AWS is reached from this process: through the proxy that it names, trusting the authorities that it names.
 *
 * @param config - of the environment whose host this is, where one is known
 * @throws {ToolkitError} `BadCaBundle`
 */
export function awsSurroundings(
  env: ProcessEnvironment,
  config?: BackupEnvironment,
): Pick<ClientOptions, 'env' | 'caCertificatesPem'> & Pick<AwsOptions, 'hostWords'> {
  const { trustedAuthorities } =
    require('../lib/aws/trusted-authorities') as typeof import('../lib/aws/trusted-authorities');
  const { wordsOnHost } =
    require('../lib/backup-environment/told-host') as typeof import('../lib/backup-environment/told-host');
  return { env, caCertificatesPem: trustedAuthorities(env), ...(config && { hostWords: wordsOnHost(config) }) };
}
