import type { ControlPlane } from '../../../aws/control-plane';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import type { LiveEnvironment } from './live-environment';
import { readLiveBucket } from './read-bucket';
import { readLiveKey } from './read-key';
import { readLiveRole } from './read-role';

/** Reads everything that is compared. What may not be read is a refusal among the rest, not an error. */
export async function readLiveEnvironment(
  { iam, s3, kms }: ControlPlane,
  { aws, form }: BackupEnvironment,
): Promise<LiveEnvironment> {
  const names = { role: nameOf(aws.roleArn), instanceProfile: nameOf(aws.instanceProfileArn) };
  const [role, bucket, key] = await Promise.all([
    readLiveRole(iam, names),
    readLiveBucket(s3, { Bucket: form.bucketName, ExpectedBucketOwner: aws.account }),
    aws.keyArn === undefined ? undefined : readLiveKey(kms, aws.keyArn),
  ]);
  return { ...role, bucket, key };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
