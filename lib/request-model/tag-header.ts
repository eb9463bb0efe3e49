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
