import type { NegativeCheck, PositiveCheck } from '../check-kit/check';
import { administerIam } from './administer-iam';
import { administerKms } from './administer-kms';
import { backupEncryption } from './backup-encryption';
import { bucketList } from './bucket-list';
import { bucketRegion } from './bucket-region';
import { bypassRetention } from './bypass-retention';
import { changeBucketPolicy } from './change-bucket-policy';
import { changeEncryption } from './change-encryption';
import { changeLifecycle } from './change-lifecycle';
import { changeObjectLock } from './change-object-lock';
import { changePublicAccessBlock } from './change-public-access-block';
import { changeReplication } from './change-replication';
import { changeRetention } from './change-retention';
import { changeVersioning } from './change-versioning';
import { createGrant } from './create-grant';
import { crossBucketCopy } from './cross-bucket-copy';
import { customerProvidedKey } from './customer-provided-key';
import { directKeyUse } from './direct-key-use';
import { keyLeftOut } from './key-left-out';
import { markerRemoval } from './marker-removal';
import { multipartAbort } from './multipart-abort';
import { multipartUpload } from './multipart-upload';
import { objectAcl } from './object-acl';
import { objectBatchDelete } from './object-batch-delete';
import { objectCopy } from './object-copy';
import { objectDelete } from './object-delete';
import { objectEncryption } from './object-encryption';
import { objectGet } from './object-get';
import { objectHead } from './object-head';
import { objectList } from './object-list';
import { objectPut } from './object-put';
import { objectRange } from './object-range';
import { otherBucket } from './other-bucket';
import { otherPrefix } from './other-prefix';
import { otherRegion } from './other-region';
import { plainHttp } from './plain-http';
import { presignedPlainHttp } from './presigned-plain-http';
import { probeRemoval } from './probe-removal';
import { readBucketPolicy } from './read-bucket-policy';
import { readVersion } from './read-version';
import { roleChaining } from './role-chaining';
import { roleIdentity } from './role-identity';
import { tagging } from './tagging';
import { unicodeKey } from './unicode-key';
import { versionDelete } from './version-delete';
import { versionGet } from './version-get';
import { versionKept } from './version-kept';
import { versionList } from './version-list';
import { versionPurge } from './version-purge';
import { versioningState } from './versioning-state';
import { versioningWrite } from './versioning-write';
import { wrongEncryptionHeader } from './wrong-encryption-header';
import { wrongKey } from './wrong-key';

/** Every positive check, in the order of the report. */
export const POSITIVE_CHECKS: readonly PositiveCheck[] = [
  roleIdentity,
  bucketRegion,
  objectPut,
  objectGet,
  objectRange,
  objectHead,
  objectList,
  unicodeKey,
  objectCopy,
  objectDelete,
  objectBatchDelete,
  multipartUpload,
  multipartAbort,
  versioningState,
  versioningWrite,
  versionList,
  probeRemoval,
  markerRemoval,
  versionKept,
  versionGet,
  versionPurge,
  objectEncryption,
  backupEncryption,
  bucketList,
];

/** Every negative check, in the order of the report. */
export const NEGATIVE_CHECKS: readonly NegativeCheck[] = [
  plainHttp,
  presignedPlainHttp,
  wrongEncryptionHeader,
  wrongKey,
  keyLeftOut,
  customerProvidedKey,
  objectAcl,
  tagging,
  directKeyUse,
  createGrant,
  otherBucket,
  crossBucketCopy,
  otherPrefix,
  otherRegion,
  readVersion,
  versionDelete,
  readBucketPolicy,
  changeBucketPolicy,
  changeLifecycle,
  changeEncryption,
  changeVersioning,
  changePublicAccessBlock,
  changeObjectLock,
  changeRetention,
  bypassRetention,
  changeReplication,
  roleChaining,
  administerIam,
  administerKms,
];
