/** What `x-amz-copy-source` names. */
export interface CopySourceReference {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * Reads `x-amz-copy-source`: `bucket/key`, percent-encoded, perhaps with a slash before and `?versionId=` behind.
 *
 * @returns nothing when it does not name a bucket and a key
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function parseCopySource(header: string | undefined): CopySourceReference | undefined {
  const [path = '', query = ''] = (header ?? '').split('?');
  const source = tryDecode(withoutSlash(path)) ?? '';
  const slash = source.indexOf('/');
  const [bucketName, key] = [source.slice(0, Math.max(0, slash)), source.slice(slash + 1)];
  if (bucketName === '' || key === '') return undefined;
  const versionId = new URLSearchParams(query).get('versionId');
  return { bucketName, key, ...(versionId === null ? {} : { versionId }) };
}

/** A copy source may begin with a slash, which conditions do not see. */
export function withoutSlash(source: string): string {
  return source.replace(/^\//, '');
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
