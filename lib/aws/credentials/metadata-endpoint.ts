import { getInstanceMetadataEndpoint } from '@smithy/credential-provider-imds';
import type { ProcessEnvironment } from '../../process-environment';

const OF_EC2 = 'http://169.254.169.254';

/**
 * Where the SDK looks for the instance metadata service: as variables or the shared config name it, in IPv4 or IPv6.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export async function metadataEndpoint(env: ProcessEnvironment): Promise<string> {
  if (env.AWS_EC2_METADATA_SERVICE_ENDPOINT) return env.AWS_EC2_METADATA_SERVICE_ENDPOINT;
  // A mode that is neither IPv4 nor IPv6 keeps the SDK from asking anywhere; its own words say so.
  const named = await getInstanceMetadataEndpoint().catch(() => undefined);
  if (named === undefined) return OF_EC2;
  const { protocol, hostname, port } = named;
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}
