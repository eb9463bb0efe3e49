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

/** The object that `x-amz-copy-source` names. */
export interface CopySourceReference {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * Reads `x-amz-copy-source`: `bucket/key`, percent-encoded, perhaps with a slash before and `?versionId=` behind.
 *
 * A plus sign is a space, and the slash may be encoded, too; AWS documents neither.
 *
 * @returns nothing when it does not name a bucket and a key
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @see https://github.com/aws/aws-sdk-js/issues/1821
 */
export function parseCopySource(header: string | undefined): CopySourceReference | undefined {
  const [path = '', query = ''] = (header ?? '').split('?');
  const source = withoutSlash(tryDecode(path) ?? '');
  const slash = source.indexOf('/');
  const [bucketName, key] = [source.slice(0, Math.max(0, slash)), source.slice(slash + 1)];
  if (bucketName === '' || key === '') return undefined;
  const versionId = new URLSearchParams(query).get('versionId');
  return { bucketName, key, ...(versionId === null ? {} : { versionId }) };
}

/**
 * Reads `x-amz-tagging`, which is written like a query string.
 *
 * @returns nothing when the header is not there or is not of that form
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function parseTagHeader(header: string | undefined): ReadonlyMap<string, string> | undefined {
  if (header === undefined) return undefined;
  const tags = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(header)) {
    if (key === '' || tags.has(key)) return undefined;
    tags.set(key, value);
  }
  return tags;
}

/** A copy source may begin with a slash, which conditions do not see. */
export function withoutSlash(source: string): string {
  return source.replace(/^\//, '');
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
