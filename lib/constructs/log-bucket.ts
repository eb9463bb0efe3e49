import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';
import { abortIncompleteUploads, EVERYTHING } from './bucket-lifecycle';
import { PrivateBucket } from './private-bucket';

export interface LogBucketProps {
  readonly name: string;
  readonly policy: PolicyDocument;
  /** Days after which a log is deleted. */
  readonly logDays: number;
  /** Days after which a log that somebody deleted or overwrote is gone for good. */
  readonly noncurrentVersionDays: number;
  readonly incompleteUploadDays: number;
}

/**
 * A private bucket for access logs. S3 delivers none to a bucket whose default encryption is KMS, or with Object Lock.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export class LogBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id, { ...props, logicalId: 'access_log', deletionProtection: true });
    new S3BucketLifecycleConfiguration(this, 'Lifecycle', {
      bucket: this.bucket.bucket,
      rule: [
        abortIncompleteUploads(props.incompleteUploadDays),
        {
          id: 'expire-logs',
          status: 'Enabled',
          filter: EVERYTHING,
          expiration: [{ days: props.logDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
        },
      ],
      dependsOn: [this.versioning],
    }).overrideLogicalId('access_log');
  }
}
