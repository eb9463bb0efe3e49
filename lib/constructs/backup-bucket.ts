import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import type { Construct } from 'constructs';
import { BucketLifecycle } from './bucket-lifecycle';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket';
import { REFUSE_DESTRUCTION } from './refuse-destruction';

export interface BackupBucketProps extends Omit<PrivateBucketProps, 'logicalId'> {
  readonly noncurrentVersionDays: number;
  readonly incompleteUploadDays: number;
  readonly accessLog?: { readonly bucket: string; readonly prefix: string } | undefined;
  readonly objectLock?: ObjectLock | undefined;
}

/** Default retention of every new version; `ended` locks no new ones. */
interface ObjectLock {
  readonly mode: string;
  readonly retentionDays: number;
  readonly ended: boolean;
}

/** The private bucket of the backups, which only takes TLS. */
export class BackupBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id, { ...props, logicalId: 'backup' });
    new BucketLifecycle(this, 'Lifecycle', { ...props, bucket: this.bucket.bucket, dependsOn: [this.versioning] });
    this.writeAccessLog(props.accessLog);
    this.lockObjects(props);
  }

  private writeAccessLog(accessLog: BackupBucketProps['accessLog']): void {
    if (accessLog === undefined) return;
    new S3BucketLoggingA(this, 'AccessLog', {
      bucket: this.bucket.bucket,
      targetBucket: accessLog.bucket,
      targetPrefix: accessLog.prefix,
    }).overrideLogicalId('backup');
  }

  /**
   * The configuration alone switches Object Lock on, also of a bucket that exists; the bucket's own argument would
   * replace the bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
   */
  private lockObjects({ objectLock, deletionProtection }: BackupBucketProps): void {
    if (objectLock === undefined && !deletionProtection) return;
    new S3BucketObjectLockConfigurationA(this, 'ObjectLock', {
      bucket: this.bucket.bucket,
      ...(objectLock && !objectLock.ended && { rule: { defaultRetention: retentionOf(objectLock) } }),
      dependsOn: [this.versioning],
      ...(objectLock === undefined ? REFUSE_DESTRUCTION : { lifecycle: { preventDestroy: deletionProtection } }),
    }).overrideLogicalId('backup');
  }
}

function retentionOf({ mode, retentionDays }: ObjectLock) {
  return { mode, days: retentionDays };
}
