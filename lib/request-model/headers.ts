/** Headers that grant access by an access control list, beside the canned `x-amz-acl`. */
export const GRANT_HEADERS: readonly string[] = [
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
];

export const ACL_HEADERS: readonly string[] = ['x-amz-acl', ...GRANT_HEADERS];

export const OBJECT_LOCK_HEADERS = {
  mode: 'x-amz-object-lock-mode',
  retainUntil: 'x-amz-object-lock-retain-until-date',
  legalHold: 'x-amz-object-lock-legal-hold',
} as const;

const ENCRYPTION = 'x-amz-server-side-encryption';

export const ENCRYPTION_HEADERS = {
  algorithm: ENCRYPTION,
  kmsKey: `${ENCRYPTION}-aws-kms-key-id`,
  context: `${ENCRYPTION}-context`,
  bucketKey: `${ENCRYPTION}-bucket-key-enabled`,
} as const;

/** The three headers of a key that the caller provides (SSE-C). */
export const CUSTOMER_KEY_HEADERS: readonly string[] = ['algorithm', 'key', 'key-md5'].map(
  (part) => `${ENCRYPTION}-customer-${part}`,
);
