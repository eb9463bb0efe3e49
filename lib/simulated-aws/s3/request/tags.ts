import { parseTagHeader } from '../../../request-model';
import { AwsError } from '../../wire/http/aws-error';
import { childrenNamed, childText, type XmlContent, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument } from './errors';
import type { S3Request } from './request';

export type Tags = ReadonlyMap<string, string>;
type TagPair = readonly [key: string, value: string];

const LIMITS = { bucket: 50, object: 10 } as const;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const ALLOWED_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The `Tag` elements of a `TagSet` or `Tags`, in order. */
export function tagsOf(tagSet: XmlElement | undefined): readonly TagPair[] {
  return childrenNamed(tagSet, 'Tag').map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? '']);
}

/**
 * The tags as they are kept.
 *
 * @throws {AwsError} `InvalidTag`, and `BadRequest` when there are too many
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#S3TaggingErrorCodeList
 */
export function validateTags(pairs: readonly TagPair[], of: keyof typeof LIMITS): Tags {
  if (pairs.length > LIMITS[of]) {
    const what = of === 'object' ? 'Object tags' : 'Bucket tag count';
    throw new AwsError(400, 'BadRequest', `${what} cannot be greater than ${LIMITS[of]}`);
  }
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (tags.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', key);
    requireTag(key, value);
    tags.set(key, value);
  }
  return tags;
}

function requireTag(key: string, value: string): void {
  if (key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester', key);
  if (key === '' || key.length > MAX_KEY_LENGTH || !ALLOWED_CHARACTERS.test(key)) {
    throw invalidTag('The TagKey you have provided is invalid', key);
  }
  if (value.length > MAX_VALUE_LENGTH || !ALLOWED_CHARACTERS.test(value)) {
    throw invalidTag('The TagValue you have provided is invalid', key);
  }
}

function invalidTag(message: string, key: string): AwsError {
  return new AwsError(400, 'InvalidTag', message, { TagKey: key });
}

/** Tags as the elements of a `TagSet`. */
export function tagElements(tags: Tags): XmlContent {
  return { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

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
