import { parseTagHeader } from '../../../request-model';
import { invalidArgument } from './errors';
import type { S3Request } from './request';
import { type Tags, validateTags } from './tags';

const TAG_HEADER = 'x-amz-tagging';

/** The tags that an upload gives its object. @throws {AwsError} `InvalidArgument`, `InvalidTag`, `BadRequest` */
export function requestedTags(request: S3Request): Tags {
  const header = request.headers[TAG_HEADER];
  if (header === undefined) return new Map();
  const tags = parseTagHeader(header);
  if (!tags) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(message, TAG_HEADER, header);
  }
  return validateTags([...tags], 'object');
}
