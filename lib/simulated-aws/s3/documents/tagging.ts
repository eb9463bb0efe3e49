import type { DocumentKind } from './read-document';
import { type GroupShape, group, many, nonEmptyText, required, text } from './shape';

export const tag: GroupShape = group({ Key: required(nonEmptyText), Value: required(text) });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tagging.html */
export const tagging: DocumentKind = {
  root: 'Tagging',
  shape: group({ TagSet: required(group({ Tag: many(tag) })) }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucketConfiguration: DocumentKind = {
  root: 'CreateBucketConfiguration',
  shape: group({ LocationConstraint: text, Tags: group({ Tag: many(tag) }) }),
};
