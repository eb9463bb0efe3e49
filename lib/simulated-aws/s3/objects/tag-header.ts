import { type Tags, validateTags } from '../buckets/tags';
import { invalidArgument } from '../errors';
import type { S3Request } from '../request';

const tagHeader = 'x-amz-tagging';

/**
 * Reads `x-amz-tagging`, which is written like a query string.
 *
 * @returns nothing when the header is not there or is not of that form
 */
export function parseTagHeader(header: string | undefined): Tags | undefined {
  if (header === undefined) return undefined;
  const tags = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(header)) {
    if (key === '' || tags.has(key)) return undefined;
    tags.set(key, value);
  }
  return tags;
}

/** The tags that an upload gives its object. @throws {AwsError} `InvalidArgument`, `InvalidTag`, `BadRequest` */
export function requestedTags(request: S3Request): Tags {
  const header = request.headers[tagHeader];
  if (header === undefined) return new Map();
  const tags = parseTagHeader(header);
  if (!tags) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(message, tagHeader, header);
  }
  return validateTags([...tags], 'object');
}
