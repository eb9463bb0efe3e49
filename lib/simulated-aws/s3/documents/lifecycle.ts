import type { DocumentKind } from './read-document';
import {
  bool,
  group,
  many,
  naturalNumber,
  oneOf,
  oneOrMore,
  positiveNumber,
  required,
  text,
  timestamp,
  wholeNumber,
} from './shape';
import { tag } from './tagging';

const transitionClass = oneOf(
  'GLACIER',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
);

const objectSize = { ObjectSizeGreaterThan: naturalNumber, ObjectSizeLessThan: naturalNumber };

const filter = group({
  Prefix: text,
  Tag: tag,
  ...objectSize,
  And: group({ Prefix: text, Tag: many(tag), ...objectSize }),
});

const rule = group({
  ID: text,
  Prefix: text,
  Filter: filter,
  Status: required(oneOf('Enabled', 'Disabled')),
  Expiration: group({ Date: timestamp, Days: wholeNumber, ExpiredObjectDeleteMarker: bool }),
  Transition: many(group({ Date: timestamp, Days: naturalNumber, StorageClass: required(transitionClass) })),
  NoncurrentVersionExpiration: group({ NoncurrentDays: wholeNumber, NewerNoncurrentVersions: wholeNumber }),
  NoncurrentVersionTransition: many(
    group({
      NoncurrentDays: naturalNumber,
      NewerNoncurrentVersions: positiveNumber,
      StorageClass: required(transitionClass),
    }),
  ),
  AbortIncompleteMultipartUpload: group({ DaysAfterInitiation: wholeNumber }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const lifecycleConfiguration: DocumentKind = {
  root: 'LifecycleConfiguration',
  shape: group({ Rule: oneOrMore(rule) }),
};
