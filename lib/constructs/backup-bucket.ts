import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';
import { BucketLifecycle } from './bucket-lifecycle';
import { REFUSE_DESTRUCTION } from './refuse-destruction';

export interface BackupBucketProps {
  /** Name of the bucket; literal, so that whatever refers to it stays known in a plan. */
  readonly name: string;
  /** ARN of the KMS key, or a reference to it; left out, S3 manages the keys (SSE-S3). */
  readonly keyArn?: string;
  readonly policy: PolicyDocument;
  /** Whether Terraform refuses to destroy the bucket. A bucket that holds objects is never destroyed. */
  readonly deletionProtection: boolean;
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

/**
 * A private, versioned, encrypted bucket that only takes TLS.
 *
 * The resources that S3 locks the bucket for follow each other, because side by side they fail with a conflict.
 */
export class BackupBucket extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, 'Resource', {
      bucket: props.name,
      forceDestroy: false,
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    this.bucket.overrideLogicalId('backup');
    const versioning = this.keepVersions();
    this.encrypt(props.keyArn);
    this.closeToThePublic(props.policy);
    new BucketLifecycle(this, 'Lifecycle', { ...props, bucket: this.bucket.bucket, dependsOn: [versioning] });
    this.writeAccessLog(props.accessLog);
    this.lockObjects(props, versioning);
  }

  private keepVersions(): S3BucketVersioningA {
    const versioning = new S3BucketVersioningA(this, 'Versioning', {
      bucket: this.bucket.bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    versioning.overrideLogicalId('backup');
    return versioning;
  }

  private encrypt(keyArn: string | undefined): void {
    const byDefault =
      keyArn === undefined ? { sseAlgorithm: 'AES256' } : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn };
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket: this.bucket.bucket,
      rule: [
        { applyServerSideEncryptionByDefault: byDefault, ...(keyArn !== undefined && { bucketKeyEnabled: true }) },
      ],
    }).overrideLogicalId('backup');
  }

  private closeToThePublic(policy: PolicyDocument): void {
    const publicAccess = new S3BucketPublicAccessBlock(this, 'PublicAccessBlock', {
      bucket: this.bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    publicAccess.overrideLogicalId('backup');
    const ownership = new S3BucketOwnershipControls(this, 'Ownership', {
      bucket: this.bucket.bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
      dependsOn: [publicAccess],
    });
    ownership.overrideLogicalId('backup');
    new S3BucketPolicy(this, 'Policy', {
      bucket: this.bucket.bucket,
      policy: JSON.stringify(policy),
      dependsOn: [ownership],
    }).overrideLogicalId('backup');
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
  private lockObjects({ objectLock, deletionProtection }: BackupBucketProps, versioning: S3BucketVersioningA): void {
    if (objectLock === undefined && !deletionProtection) return;
    new S3BucketObjectLockConfigurationA(this, 'ObjectLock', {
      bucket: this.bucket.bucket,
      ...(objectLock && !objectLock.ended && { rule: { defaultRetention: retentionOf(objectLock) } }),
      dependsOn: [versioning],
      ...(objectLock === undefined ? REFUSE_DESTRUCTION : { lifecycle: { preventDestroy: deletionProtection } }),
    }).overrideLogicalId('backup');
  }
}

function retentionOf({ mode, retentionDays }: ObjectLock) {
  return { mode, days: retentionDays };
}
