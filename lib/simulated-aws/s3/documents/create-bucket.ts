import type { DocumentKind } from './read-document';
import { group, many, text } from './shape';
import { tag } from './tagging';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucketConfiguration: DocumentKind = {
  root: 'CreateBucketConfiguration',
  shape: group({ LocationConstraint: text, Tags: group({ Tag: many(tag) }) }),
};
