import type { NegativeCheck, PositiveCheck } from '../check';
import { administerIam } from './administer-iam';
import { administerKms } from './administer-kms';
import { bucketRegion } from './bucket-region';
import { changeBucketPolicy } from './change-bucket-policy';
import { customerProvidedKey } from './customer-provided-key';
import { directKeyUse } from './direct-key-use';
import { multipartAbort } from './multipart-abort';
import { multipartUpload } from './multipart-upload';
import { objectAcl } from './object-acl';
import { objectDelete } from './object-delete';
import { objectEncryption } from './object-encryption';
import { objectGet } from './object-get';
import { objectHead } from './object-head';
import { objectList } from './object-list';
import { objectPut } from './object-put';
import { otherBucket } from './other-bucket';
import { plainHttp } from './plain-http';
import { readBucketPolicy } from './read-bucket-policy';
import { roleIdentity } from './role-identity';
import { versionList } from './version-list';
import { versioningState } from './versioning-state';
import { wrongEncryptionHeader } from './wrong-encryption-header';
import { wrongKey } from './wrong-key';

/** Every positive check, in the order of the report. */
export const POSITIVE_CHECKS: readonly PositiveCheck[] = [
  roleIdentity,
  bucketRegion,
  objectPut,
  objectGet,
  objectHead,
  objectList,
  objectDelete,
  multipartUpload,
  multipartAbort,
  versioningState,
  versionList,
  objectEncryption,
];

/** Every negative check, in the order of the report. */
export const NEGATIVE_CHECKS: readonly NegativeCheck[] = [
  plainHttp,
  wrongEncryptionHeader,
  wrongKey,
  customerProvidedKey,
  objectAcl,
  directKeyUse,
  otherBucket,
  readBucketPolicy,
  changeBucketPolicy,
  administerIam,
  administerKms,
];
