import { CUSTOMER_KEY_HEADERS } from '../../../request-model';
import { completeMultipartUpload } from '../multipart/complete-multipart-upload';
import { createMultipartUpload } from '../multipart/create-multipart-upload';
import { abortMultipartUpload } from '../multipart/find-upload';
import { listParts } from '../multipart/list-parts';
import { uploadPart } from '../multipart/upload-part';
import { uploadPartCopy } from '../multipart/upload-part-copy';
import { CHECKSUM_CHOICE_HEADERS, COPY_SOURCE_HEADERS, NEW_OBJECT_HEADERS } from './headers';
import type { Route } from './route';

/** Means something to copies alone; s3fs sends it, too, when it begins an upload whose parts are copies. */
const METADATA_DIRECTIVE = 'x-amz-metadata-directive';

/** Operations on multipart uploads. */
export const MULTIPART_ROUTES: readonly Route[] = [
  {
    operation: 'CreateMultipartUpload',
    target: 'object',
    method: 'POST',
    selectors: ['uploads'],
    headers: [...NEW_OBJECT_HEADERS, ...CHECKSUM_CHOICE_HEADERS, METADATA_DIRECTIVE],
    run: createMultipartUpload,
  },
  {
    operation: 'UploadPart',
    target: 'object',
    method: 'PUT',
    selectors: ['partNumber', 'uploadId'],
    headers: [...CUSTOMER_KEY_HEADERS, ...CHECKSUM_CHOICE_HEADERS],
    run: uploadPart,
  },
  {
    operation: 'UploadPartCopy',
    target: 'object',
    method: 'PUT',
    selectors: ['partNumber', 'uploadId'],
    selectorHeader: 'x-amz-copy-source',
    headers: [...COPY_SOURCE_HEADERS, ...CUSTOMER_KEY_HEADERS, 'x-amz-copy-source-range'],
    run: uploadPartCopy,
  },
  {
    operation: 'CompleteMultipartUpload',
    target: 'object',
    method: 'POST',
    selectors: ['uploadId'],
    headers: [...CUSTOMER_KEY_HEADERS, 'x-amz-checksum-type', 'x-amz-mp-object-size', 'if-match', 'if-none-match'],
    run: completeMultipartUpload,
  },
  {
    operation: 'AbortMultipartUpload',
    target: 'object',
    method: 'DELETE',
    selectors: ['uploadId'],
    run: abortMultipartUpload,
  },
  {
    operation: 'ListParts',
    target: 'object',
    method: 'GET',
    selectors: ['uploadId'],
    query: ['max-parts', 'part-number-marker'],
    headers: CUSTOMER_KEY_HEADERS,
    run: listParts,
  },
];
