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
