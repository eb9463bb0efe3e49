import type { ClientOptions } from '../lib/aws/client-config';
import type { AwsOptions } from '../lib/aws/connect';
import type { BackupEnvironment } from '../lib/backup-environment';
import { ToolkitError, UsageError } from '../lib/errors';
import type { ProcessEnvironment } from '../lib/process-environment';

/**
 * How AWS is reached from this process: through the proxy that it names, trusting the authorities that it names.
 *
 * @param config - of the environment whose host this is, where one is known
 * @throws {ToolkitError} `BadCaBundle`, `TlsCheckOff`
 * @throws {UsageError} `BadEndpoint`
 */
export function awsSurroundings(
  env: ProcessEnvironment,
  config?: BackupEnvironment,
): Pick<ClientOptions, 'env' | 'caCertificatesPem'> & Pick<AwsOptions, 'hostWords'> {
  requireTlsCheck(env);
  requireUrls(env);
  const { trustedAuthorities } =
    require('../lib/aws/trusted-authorities') as typeof import('../lib/aws/trusted-authorities');
  const { wordsOnHost } =
    require('../lib/backup-environment/told-host') as typeof import('../lib/backup-environment/told-host');
  return { env, caCertificatesPem: trustedAuthorities(env), ...(config && { hostWords: wordsOnHost(config) }) };
}

/** @see https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue */
function requireTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED }: ProcessEnvironment): void {
  if (NODE_TLS_REJECT_UNAUTHORIZED !== '0') return;
  throw new ToolkitError(
    'TlsCheckOff',
    "'NODE_TLS_REJECT_UNAUTHORIZED' must not switch the check of certificates off, got: 0\n" +
      'Leave it out, and name an authority of your own with NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE',
  );
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINT = /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/;

function requireUrls(env: ProcessEnvironment): void {
  for (const [name, value = ''] of Object.entries(env)) {
    if (!ENDPOINT.test(name) || value === '' || isWebAddress(value)) continue;
    throw new UsageError('BadEndpoint', `'${name}' must be a URL such as https://s3.example, got: ${value}`);
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
