import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

/** The filter of a rule for every object. */
export const EVERYTHING = [{}];

export interface BucketLifecycleProps {
  readonly bucket: string;
  readonly noncurrentVersionDays: number;
  readonly incompleteUploadDays: number;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * Removes what nobody can read any more: old versions, lone delete markers and uploads that were never completed.
 *
 * Current objects are never expired nor moved to another storage class: later backups point at old objects.
 */
export class BucketLifecycle extends Construct {
  constructor(scope: Construct, id: string, props: BucketLifecycleProps) {
    super(scope, id);
    new S3BucketLifecycleConfiguration(this, 'Resource', {
      bucket: props.bucket,
      rule: [
        abortIncompleteUploads(props.incompleteUploadDays),
        {
          id: 'expire-noncurrent-versions',
          status: 'Enabled',
          filter: EVERYTHING,
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      dependsOn: props.dependsOn,
    }).overrideLogicalId('backup');
  }
}

/** The rule that removes uploads that were never completed. */
export function abortIncompleteUploads(days: number): S3BucketLifecycleConfigurationRule {
  return {
    id: 'abort-incomplete-uploads',
    status: 'Enabled',
    filter: EVERYTHING,
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: days }],
  };
}
