import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';

/** One endpoint that Vault needs. */
export interface Endpoint {
  readonly service: 'S3' | 'KMS' | 'STS';
  readonly url: URL;
}

/** Where Vault's requests go. */
export interface Place {
  readonly region: string;
  /** Name of the bucket; left out, S3's endpoint of the region is tried. */
  readonly bucket?: string | undefined;
}

/**
 * The endpoints of the region, or those that `AWS_ENDPOINT_URL_S3` and its like, or `AWS_ENDPOINT_URL`, name.
 *
 * @throws {ToolkitError} `BadEndpoint`
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointsOf({ region, bucket }: Place, env: ProcessEnvironment): readonly Endpoint[] {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  // A name with dots is no label of the certificate, so such a bucket is addressed by path.
  const host = bucket === undefined || bucket.includes('.') ? '' : `${bucket}.`;
  return [
    { service: 'S3', url: given('S3', env) ?? new URL(`https://${host}s3.${region}.${suffix}/`) },
    { service: 'KMS', url: given('KMS', env) ?? new URL(`https://kms.${region}.${suffix}/`) },
    { service: 'STS', url: given('STS', env) ?? new URL(`https://sts.${region}.${suffix}/`) },
  ];
}

function given(service: Endpoint['service'], env: ProcessEnvironment): URL | undefined {
  const name = env[`AWS_ENDPOINT_URL_${service}`] ? `AWS_ENDPOINT_URL_${service}` : 'AWS_ENDPOINT_URL';
  const value = env[name];
  if (!value || env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  if (URL.canParse(value)) return new URL(value);
  throw new ToolkitError('BadEndpoint', `'${name}' must be a URL, got: ${value}`);
}
