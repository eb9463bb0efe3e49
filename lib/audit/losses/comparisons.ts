import { lowered, weakened } from './compare-settings';
import { DELETION_ADMITTED } from './key-policy-losses';
import { LIFECYCLE_LOSSES } from './lifecycle-losses';
import { LOCK_LOSSES } from './lock-losses';
import type { Comparison } from './loss';

/** The losses that can come from a resource of one type. */
interface Kept {
  /** The loss when the resource goes; missing where nothing is lost. */
  readonly gone?: string;
  /** The arguments that are compared, and that a report therefore keeps. */
  readonly reads: readonly string[];
  readonly comparisons: readonly Comparison[];
}

const GUARD = weakened(
  {
    what: 'destruction-guard',
    path: 'lifecycle.prevent_destroy',
    byDefault: 'false',
    says: () => 'Terraform no longer refuses to destroy it',
  },
  ['true', 'false'],
);

const PUBLIC_ACCESS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/**
 * Every type that holds data, that keeps data from being lost, read or destroyed, or by which hosts get the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html
 */
export const KEPT: Readonly<Record<string, Kept>> = {
  aws_s3_bucket: {
    gone: 'every object and version in the bucket',
    reads: ['bucket', 'force_destroy', 'lifecycle'],
    comparisons: [
      {
        what: 'another-bucket',
        find: ({ bucket: was }, { bucket: is }) =>
          was === is || was === undefined || is === undefined
            ? []
            : [
                {
                  path: 'bucket',
                  was: String(was),
                  is: String(is),
                  detail: `the bucket is another one, and every object and version stays behind in '${String(was)}'`,
                  isCertain: typeof was === 'string' && typeof is === 'string',
                },
              ],
      },
      weakened(
        {
          what: 'force-destroy',
          path: 'force_destroy',
          byDefault: 'false',
          says: () =>
            'Terraform deletes every object and version when it destroys the bucket, which it refused until now',
        },
        ['false', 'true'],
      ),
      GUARD,
    ],
  },
  aws_kms_key: {
    gone: 'every object under the key, which nobody can read once it is deleted',
    reads: ['deletion_window_in_days', 'enable_key_rotation', 'is_enabled', 'policy', 'lifecycle', 'arn'],
    comparisons: [
      lowered({
        what: 'deletion-window',
        path: 'deletion_window_in_days',
        byDefault: '30',
        says: (was, is) => `a deletion of the key can be noticed and cancelled for ${is} days, ${was} days until now`,
      }),
      weakened(
        {
          what: 'key-rotation',
          path: 'enable_key_rotation',
          byDefault: 'false',
          says: () => 'the key is no longer rotated',
        },
        ['true', 'false'],
      ),
      weakened(
        {
          what: 'key-disabled',
          path: 'is_enabled',
          byDefault: 'true',
          says: () => 'nobody can read the objects under the key while it is disabled',
        },
        ['true', 'false'],
      ),
      DELETION_ADMITTED,
      GUARD,
    ],
  },
  aws_kms_key_policy: { reads: ['policy'], comparisons: [DELETION_ADMITTED] },
  aws_s3_bucket_versioning: {
    gone: 'versioning: an object that is overwritten or deleted afterwards is gone',
    reads: ['versioning_configuration'],
    comparisons: [
      weakened(
        {
          what: 'versioning',
          path: 'versioning_configuration.status',
          byDefault: 'Disabled',
          says: (_, is) =>
            `with versioning ${is}, an object that is overwritten or deleted is gone, and was kept as a version until now`,
        },
        ['Enabled', 'Suspended', 'Disabled'],
      ),
      weakened(
        {
          what: 'mfa-delete',
          path: 'versioning_configuration.mfa_delete',
          byDefault: 'Disabled',
          says: () => 'versions can be deleted without a second factor',
        },
        ['Enabled', 'Disabled'],
      ),
    ],
  },
  aws_s3_bucket_object_lock_configuration: {
    gone: 'the lock of new versions; versions that are locked already stay so until their day',
    reads: ['rule', 'lifecycle'],
    comparisons: [...LOCK_LOSSES, GUARD],
  },
  aws_s3_bucket_lifecycle_configuration: { reads: ['bucket', 'rule'], comparisons: LIFECYCLE_LOSSES },
  aws_s3_bucket_public_access_block: {
    gone: 'the protection from public access',
    reads: PUBLIC_ACCESS,
    comparisons: PUBLIC_ACCESS.map((path) =>
      weakened(
        {
          what: path.replaceAll('_', '-'),
          path,
          byDefault: 'false',
          says: () => `${path} no longer protects the bucket from public access`,
        },
        ['true', 'false'],
      ),
    ),
  },
  aws_s3_bucket_policy: {
    gone: 'what the bucket policy refuses: plain HTTP, wrong encryption and wrong keys',
    reads: [],
    comparisons: [],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    gone: 'the default encryption of new objects with the chosen key',
    reads: [],
    comparisons: [],
  },
  aws_rolesanywhere_trust_anchor: {
    gone: 'the ARN that the trust policy names, so that every host is locked out until a new one is applied; where only its notices differ, change them with aws rolesanywhere put-notification-settings, and have Terraform ignore_changes of notification_settings',
    reads: ['lifecycle'],
    comparisons: [GUARD],
  },
  aws_rolesanywhere_profile: {
    gone: 'the ARN that every host asks for its session with, so that all are locked out until each has the new one',
    reads: [],
    comparisons: [],
  },
  aws_iam_instance_profile: {
    gone: 'the profile that each instance of Vault carries, so that all are locked out until each is associated with a new one, or given the role another way',
    reads: [],
    comparisons: [],
  },
  aws_iam_role: {
    gone: 'the role: its sessions end at once, and every host that names its ARN is locked out until it has the new one',
    reads: [],
    comparisons: [],
  },
  aws_s3_bucket_ownership_controls: {
    gone: 'the ownership that switches access control lists off',
    reads: [],
    comparisons: [],
  },
};

export const LIFECYCLE_TYPE = 'aws_s3_bucket_lifecycle_configuration';
