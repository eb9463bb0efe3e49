import { accountOf, nameOf } from '../../../arn';
import type { ControlPlane } from '../../../aws/control-plane';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import { instanceProfileOf } from '../../../hosts';
import type { LiveEnvironment } from './live-environment';
import { readLiveBucket } from './read-bucket';
import { readCertificateHost } from './read-certificate-host';
import { readLiveKey } from './read-key';
import { readLiveRole, unreadRole } from './read-role';

/** Reads everything that is compared. What may not be read is a refusal among the rest, not an error. */
export async function readLiveEnvironment(
  { iam, s3, kms, rolesAnywhere }: ControlPlane,
  { aws, form, host }: BackupEnvironment,
  authorities = '',
): Promise<LiveEnvironment> {
  const profileArn = instanceProfileOf(host);
  const isForeign = accountOf(aws.roleArn) !== aws.account;
  const names = { role: nameOf(aws.roleArn), instanceProfile: profileArn && nameOf(profileArn) };
  const [role, bucket, keys, certificateHost] = await Promise.all([
    isForeign ? unreadRole(accountOf(aws.roleArn)) : readLiveRole(iam, names),
    readLiveBucket(s3, { Bucket: form.bucketName, ExpectedBucketOwner: aws.account }),
    Promise.all([aws.keyArn ?? [], aws.formerKeyArns ?? []].flat().map((keyArn) => readLiveKey(kms, keyArn))),
    readCertificateHost(rolesAnywhere, host, authorities),
  ]);
  return { ...role, bucket, keys, certificateHost };
}
