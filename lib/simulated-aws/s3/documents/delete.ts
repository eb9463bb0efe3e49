import type { DocumentKind } from './read-document';
import { bool, group, nonEmptyText, oneOrMore, required, text } from './shape';

const object = group({
  Key: required(nonEmptyText),
  VersionId: text,
  ETag: text,
  LastModifiedTime: text,
  Size: text,
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Delete.html */
export const deleteDocument: DocumentKind = {
  root: 'Delete',
  shape: group({ Object: oneOrMore(object), Quiet: bool }),
};
