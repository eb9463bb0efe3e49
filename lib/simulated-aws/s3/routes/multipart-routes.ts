import { abortMultipartUpload } from '../multipart/abort-multipart-upload';
import { completeMultipartUpload } from '../multipart/complete-multipart-upload';
import { createMultipartUpload } from '../multipart/create-multipart-upload';
import { listParts } from '../multipart/list-parts';
import { uploadPart } from '../multipart/upload-part';
import { uploadPartCopy } from '../multipart/upload-part-copy';
import { copySourceHeaders, customerKeyHeaders, newObjectHeaders } from './headers';
import { newObjectAccess } from './object-routes';
import type { Route } from './route';

const partAccess = [{ action: 's3:PutObject' }];

/** Operations on multipart uploads. */
export const multipartRoutes: readonly Route[] = [
  {
    operation: 'CreateMultipartUpload',
    target: 'object',
    method: 'POST',
    selectors: ['uploads'],
    headers: [...newObjectHeaders, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
    access: newObjectAccess,
    run: createMultipartUpload,
  },
  {
    operation: 'UploadPart',
    target: 'object',
    method: 'PUT',
    selectors: ['partNumber', 'uploadId'],
    headers: customerKeyHeaders,
    access: partAccess,
    run: uploadPart,
  },
  {
    operation: 'UploadPartCopy',
    target: 'object',
    method: 'PUT',
    selectors: ['partNumber', 'uploadId'],
    selectorHeader: 'x-amz-copy-source',
    headers: [...copySourceHeaders, ...customerKeyHeaders, 'x-amz-copy-source-range'],
    access: partAccess,
    run: uploadPartCopy,
  },
  {
    operation: 'CompleteMultipartUpload',
    target: 'object',
    method: 'POST',
    selectors: ['uploadId'],
    headers: [...customerKeyHeaders, 'x-amz-checksum-type', 'x-amz-mp-object-size', 'if-match', 'if-none-match'],
    access: partAccess,
    run: completeMultipartUpload,
  },
  {
    operation: 'AbortMultipartUpload',
    target: 'object',
    method: 'DELETE',
    selectors: ['uploadId'],
    access: [{ action: 's3:AbortMultipartUpload' }],
    run: abortMultipartUpload,
  },
  {
    operation: 'ListParts',
    target: 'object',
    method: 'GET',
    selectors: ['uploadId'],
    query: ['max-parts', 'part-number-marker'],
    headers: customerKeyHeaders,
    access: [{ action: 's3:ListMultipartUploadParts' }],
    run: listParts,
  },
];
