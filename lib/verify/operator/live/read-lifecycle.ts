import type { ControlPlane } from '../../../aws/control-plane';
import { lifecycleSettings } from '../settings/lifecycle-settings';
import type { Settings } from '../settings/settings';
import type { OwnedBucket } from './live-environment';
import { mapRead, orWhenAbsent, type Read } from './read';

const NO_RULES: Settings = {};

/** The lifecycle rules of the bucket, as settings. */
export async function readLifecycle(s3: ControlPlane['s3'], bucket: OwnedBucket): Promise<Read<Settings>> {
  const answer = await s3.getBucketLifecycleConfiguration(bucket);
  const read = mapRead({ call: 'GetBucketLifecycleConfiguration', answer }, ({ Rules = [] }) =>
    lifecycleSettings(
      Rules.map((rule) => ({
        id: rule.ID ?? '',
        status: rule.Status ?? '',
        filter: limitOf(rule),
        abortIncompleteDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
        noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
        newerNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions,
        expirationDays: rule.Expiration?.Days,
        expirationDate: rule.Expiration?.Date?.toISOString(),
        expiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker,
        transitions: rule.Transitions ?? [],
        noncurrentTransitions: rule.NoncurrentVersionTransitions ?? [],
      })),
    ),
  );
  return orWhenAbsent(read, 'NoSuchLifecycleConfiguration', NO_RULES);
}

/** The filter of a rule; an empty prefix is no limit. */
function limitOf(rule: { readonly Prefix?: string | undefined; readonly Filter?: object | undefined }): unknown {
  const given = { ...(rule.Prefix && { Prefix: rule.Prefix }), ...rule.Filter };
  const limits = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
}
