import type { Granted } from '../../aws/answer';
import type { ControlPlane } from '../../aws/control-plane';

type Read = ControlPlane['s3']['getBucketLifecycleConfiguration'];
type Configuration = Extract<Awaited<ReturnType<Read>>, Granted<unknown>>['value'];
type LifecycleRule = NonNullable<Configuration['Rules']>[number];

/**
 * Lifecycle rules as AWS's provider would read them into its arguments.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket_lifecycle_configuration
 */
export function lifecycleArguments({ Rules = [] }: Configuration): object {
  return { rule: Rules.map(toRule) };
}

function toRule(rule: LifecycleRule): object {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    filter: [filterOf(rule)],
    ...(Expiration && { expiration: [{ days: Expiration.Days, date: Expiration.Date?.toISOString() }] }),
    ...(NoncurrentVersionExpiration && {
      noncurrent_version_expiration: [
        {
          noncurrent_days: NoncurrentVersionExpiration.NoncurrentDays,
          newer_noncurrent_versions: NoncurrentVersionExpiration.NewerNoncurrentVersions,
        },
      ],
    }),
    ...(AbortIncompleteMultipartUpload && {
      abort_incomplete_multipart_upload: [
        { days_after_initiation: AbortIncompleteMultipartUpload.DaysAfterInitiation },
      ],
    }),
    transition: (rule.Transitions ?? []).map(({ Days, Date: date, StorageClass }) => ({
      days: Days,
      date: date?.toISOString(),
      storage_class: StorageClass,
    })),
    noncurrent_version_transition: (rule.NoncurrentVersionTransitions ?? []).map((one) => ({
      noncurrent_days: one.NoncurrentDays,
      newer_noncurrent_versions: one.NewerNoncurrentVersions,
      storage_class: one.StorageClass,
    })),
  };
}

function filterOf({ Filter, Prefix }: LifecycleRule): object {
  const { And, Tag, Prefix: prefix = Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan } = Filter ?? {};
  return {
    prefix: And?.Prefix ?? prefix,
    tag: Tag,
    object_size_greater_than: ObjectSizeGreaterThan ?? And?.ObjectSizeGreaterThan,
    object_size_less_than: ObjectSizeLessThan ?? And?.ObjectSizeLessThan,
    tags: And?.Tags,
  };
}
