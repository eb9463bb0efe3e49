import { type PolicyDocument, policyDocument } from './document';

/** A bucket that takes access logs, and those that log to it. */
export interface LogBucketTarget {
  readonly partition: string;
  readonly account: string;
  readonly bucket: string;
  readonly sources: readonly string[];
}

/** S3's log delivery. */
const LOG_DELIVERY = 'logging.s3.amazonaws.com';

/**
 * Lets S3's log delivery, and nobody else, write the logs of these buckets of the account, over TLS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function logBucketPolicy({ partition, account, bucket, sources }: LogBucketTarget): PolicyDocument {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const everything = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] } as const;
  return policyDocument([
    { Sid: 'DenyPlainHttp', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    {
      Sid: 'DenyWritesOfOthers',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `${arn}/*`,
      Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    },
    {
      Sid: 'AllowLogDelivery',
      Effect: 'Allow',
      Principal: { Service: LOG_DELIVERY },
      Action: 's3:PutObject',
      Resource: `${arn}/*`,
      Condition: {
        ArnLike: { 'aws:SourceArn': sources.map((source) => `arn:${partition}:s3:::${source}`) },
        StringEquals: { 'aws:SourceAccount': account },
      },
    },
  ]);
}
