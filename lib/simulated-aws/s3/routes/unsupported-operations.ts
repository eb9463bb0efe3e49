import type { Target } from '../request/address';

/** An operation of S3 that is not simulated, by the request that asks for it. */
export interface UnsupportedOperation {
  readonly operation: string;
  readonly method: string;
  readonly target: Target;
  /** Query parameters that select it; none for the plain method. */
  readonly selectors: readonly string[];
}

type Row = readonly [operation: string, method: string, target: Target, ...selectors: readonly string[]];

const ROWS: readonly Row[] = [
  ['CreateBucketMetadataConfiguration', 'POST', 'bucket', 'metadataConfiguration'],
  ['CreateBucketMetadataTableConfiguration', 'POST', 'bucket', 'metadataTable'],
  ['CreateSession', 'GET', 'bucket', 'session'],
  ['DeleteBucketMetadataConfiguration', 'DELETE', 'bucket', 'metadataConfiguration'],
  ['DeleteBucketMetadataTableConfiguration', 'DELETE', 'bucket', 'metadataTable'],
  ['DeleteObjectAnnotation', 'DELETE', 'object', 'annotation'],
  ['GetBucketAbac', 'GET', 'bucket', 'abac'],
  ['GetBucketMetadataConfiguration', 'GET', 'bucket', 'metadataConfiguration'],
  ['GetBucketMetadataTableConfiguration', 'GET', 'bucket', 'metadataTable'],
  ['GetObjectAnnotation', 'GET', 'object', 'annotation', 'annotationName'],
  ['GetObjectTorrent', 'GET', 'object', 'torrent'],
  ['ListObjectAnnotations', 'GET', 'object', 'annotation'],
  ['PostObject', 'POST', 'bucket'],
  ['PutBucketAbac', 'PUT', 'bucket', 'abac'],
  ['PutObjectAnnotation', 'PUT', 'object', 'annotation'],
  ['RenameObject', 'PUT', 'object', 'renameObject'],
  ['SelectObjectContent', 'POST', 'object', 'select'],
  ['UpdateBucketMetadataAnnotationTableConfiguration', 'PUT', 'bucket', 'metadataAnnotationTable'],
  ['UpdateBucketMetadataInventoryTableConfiguration', 'PUT', 'bucket', 'metadataInventoryTable'],
  ['UpdateBucketMetadataJournalTableConfiguration', 'PUT', 'bucket', 'metadataJournalTable'],
  ['UpdateObjectEncryption', 'PUT', 'object', 'encryption'],
];

/**
 * Operations of a general purpose bucket or an object beyond the routes, so that each can be refused by its name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export const UNSUPPORTED_OPERATIONS: readonly UnsupportedOperation[] = ROWS.map(
  ([operation, method, target, ...selectors]) => ({ operation, method, target, selectors }),
);
