import type { ClientOptions } from '../lib/aws/client-config';
import type { ProcessEnvironment } from '../lib/process-environment';

/**
 * How AWS is reached from this process: through the proxy that it names, trusting the authorities that it names.
 *
 * @throws {ToolkitError} `BadCaBundle`
 */
export function awsSurroundings(env: ProcessEnvironment): Pick<ClientOptions, 'env' | 'caCertificatesPem'> {
  const { trustedAuthorities } =
    require('../lib/aws/trusted-authorities') as typeof import('../lib/aws/trusted-authorities');
  return { env, caCertificatesPem: trustedAuthorities(env) };
}
