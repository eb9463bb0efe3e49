import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';

export interface PrivateBucketProps {
  /** Name of the bucket; literal, so that whatever refers to it stays known in a plan. */
  readonly name: string;
  /** Name of its resources in the stack, as in `aws_s3_bucket.backup`. */
  readonly logicalId: string;
  /** ARN of the KMS key, or a reference to it; left out, S3 manages the keys (SSE-S3). */
  readonly keyArn?: string;
  readonly policy: PolicyDocument;
  /** Whether Terraform refuses to destroy the bucket. A bucket that holds objects is never destroyed. */
  readonly deletionProtection: boolean;
}

/**
 * A private, versioned, encrypted bucket.
 *
 * The resources that S3 locks the bucket for follow each other, because side by side they fail with a conflict.
 */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  protected readonly versioning: S3BucketVersioningA;
  private readonly logicalId: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.logicalId = props.logicalId;
    this.bucket = new S3Bucket(this, 'Resource', {
      bucket: props.name,
      forceDestroy: false,
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    this.bucket.overrideLogicalId(props.logicalId);
    this.versioning = this.keepVersions();
    this.encrypt(props.keyArn);
    this.closeToThePublic(props.policy);
  }

  private keepVersions(): S3BucketVersioningA {
    const versioning = new S3BucketVersioningA(this, 'Versioning', {
      bucket: this.bucket.bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    versioning.overrideLogicalId(this.logicalId);
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
    }).overrideLogicalId(this.logicalId);
  }

  private closeToThePublic(policy: PolicyDocument): void {
    const publicAccess = new S3BucketPublicAccessBlock(this, 'PublicAccessBlock', {
      bucket: this.bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    publicAccess.overrideLogicalId(this.logicalId);
    const ownership = new S3BucketOwnershipControls(this, 'Ownership', {
      bucket: this.bucket.bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
      dependsOn: [publicAccess],
    });
    ownership.overrideLogicalId(this.logicalId);
    new S3BucketPolicy(this, 'Policy', {
      bucket: this.bucket.bucket,
      policy: JSON.stringify(policy),
      dependsOn: [ownership],
    }).overrideLogicalId(this.logicalId);
  }
}
