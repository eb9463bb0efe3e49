import type { Context } from './question';

interface Location {
  readonly partition: string;
  readonly region: string;
}

/** DNS suffixes of the partitions that do not use `amazonaws.com`. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

/** The value of `kms:ViaService` for requests that S3 makes, for example `s3.us-east-2.amazonaws.com`. */
export function s3ServiceName({ partition, region }: Location): string {
  return `s3.${region}.${DNS_SUFFIXES[partition] ?? 'amazonaws.com'}`;
}

const SERVICE = 's3.amazonaws.com';

/**
 * Condition keys of a request that S3 makes with the caller's forwarded session.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function viaS3Context(location: Location): Context {
  return {
    'kms:ViaService': s3ServiceName(location),
    'aws:ViaAWSService': 'true',
    'aws:CalledVia': [SERVICE],
    'aws:CalledViaFirst': SERVICE,
    'aws:CalledViaLast': SERVICE,
  };
}
