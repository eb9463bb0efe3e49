/** Headers that grant access by an access control list, beside the canned `x-amz-acl`. */
export const grantHeaders: readonly string[] = [
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
];

export const aclHeaders: readonly string[] = ['x-amz-acl', ...grantHeaders];

export const objectLockHeaders = {
  mode: 'x-amz-object-lock-mode',
  retainUntil: 'x-amz-object-lock-retain-until-date',
  legalHold: 'x-amz-object-lock-legal-hold',
} as const;

const encryption = 'x-amz-server-side-encryption';

export const encryptionHeaders = {
  algorithm: encryption,
  kmsKey: `${encryption}-aws-kms-key-id`,
  context: `${encryption}-context`,
  bucketKey: `${encryption}-bucket-key-enabled`,
} as const;

/** The three headers of a key that the caller provides (SSE-C). */
export const customerKeyHeaders: readonly string[] = ['algorithm', 'key', 'key-md5'].map(
  (part) => `${encryption}-customer-${part}`,
);
