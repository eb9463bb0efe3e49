import type { Target } from '../request/address';
import { ANALYSIS_ROUTES } from './analysis-routes';
import { BUCKET_ROUTES, preflightRoutes } from './bucket-routes';
import { CONTROL_ROUTES } from './control-routes';
import { DELIVERY_ROUTES } from './delivery-routes';
import { LISTING_ROUTES } from './listing-routes';
import { MULTIPART_ROUTES } from './multipart-routes';
import { OBJECT_ROUTES } from './object-routes';
import { OBJECT_SUBRESOURCE_ROUTES } from './object-subresource-routes';
import { ACCESS_ROUTES, PROTECTION_ROUTES } from './protection-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const ROUTES: readonly Route[] = [
  ...BUCKET_ROUTES,
  ...ACCESS_ROUTES,
  ...PROTECTION_ROUTES,
  ...DELIVERY_ROUTES,
  ...ANALYSIS_ROUTES,
  ...LISTING_ROUTES,
  ...OBJECT_ROUTES,
  ...OBJECT_SUBRESOURCE_ROUTES,
  ...MULTIPART_ROUTES,
  ...preflightRoutes,
  ...CONTROL_ROUTES,
];

/** An operation of S3 that is not simulated, by the request that asks for it. */
interface UnsupportedOperation {
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
