import {
  allowCustomerKeys,
  chosen,
  customerKey,
  otherCustomerKey,
  part,
  secondPart,
  upload,
  versioned,
  withAcls,
} from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, wrongMd5 } from './row';

const complete = (body: string): Sent => ({ request: 'POST /acme/k?uploadId={upload}', body });
const partCopy = (more: Readonly<Record<string, string>> = {}): Sent => ({
  request: 'PUT /acme/k?partNumber=1&uploadId={upload}',
  headers: { 'x-amz-copy-source': '/acme/k', ...more },
});

const ofSha256: Sent = { ...upload, headers: { 'x-amz-checksum-algorithm': 'SHA256' } };
const partOfSha256: Sent = {
  ...part,
  headers: { 'x-amz-checksum-sha256': 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=' },
};

export const multipartSuccesses: readonly SuccessRow[] = [
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'CreateMultipartUpload',
    { ...upload, status: 200, answers: { Bucket: 'acme', Key: 'k' }, needs: ['s3:PutObject'] },
    {
      ...upload,
      headers: { 'x-amz-tagging': 'a=b' },
      status: 200,
      needs: ['s3:PutObject', 's3:PutObjectTagging'],
    },
    {
      ...upload,
      headers: { 'x-amz-metadata-directive': 'REPLACE' },
      status: 200,
      answers: { Bucket: 'acme', Key: 'k' },
      needs: ['s3:PutObject'],
    },
  ),
  ...[{}, { 'x-amz-checksum-algorithm': 'CRC32C', 'x-amz-checksum-type': 'FULL_OBJECT' }].flatMap((headers) =>
    rowsOf('UploadPart', {
      ...part,
      headers,
      status: 200,
      answers: { etag: '"5d41402abc4b2a76b9719d911017c592"' },
      needs: ['s3:PutObject'],
      given: [upload],
    }),
  ),
  ...rowsOf('UploadPartCopy', {
    ...partCopy({ 'x-amz-copy-source-range': 'bytes=0-4' }),
    status: 200,
    answers: { ETag: '"5d41402abc4b2a76b9719d911017c592"' },
    needs: ['s3:GetObject', 's3:PutObject'],
    given: [upload],
  }),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'CompleteMultipartUpload',
    {
      ...complete(chosen(1)),
      status: 200,
      answers: { Key: 'k', ChecksumType: 'FULL_OBJECT' },
      needs: ['s3:PutObject'],
      given: [upload, part],
    },
    {
      ...complete(chosen(1)),
      headers: { 'if-match': '"5d41402abc4b2a76b9719d911017c592"' },
      status: 200,
      needs: ['s3:GetObject', 's3:PutObject'],
      given: [upload, part],
    },
    {
      ...complete(chosen(2)),
      status: 200,
      answers: { Key: 'k', ChecksumType: 'FULL_OBJECT' },
      needs: ['s3:PutObject'],
      given: [upload, secondPart],
    },
  ),
  ...rowsOf('AbortMultipartUpload', {
    request: 'DELETE /acme/k?uploadId={upload}',
    status: 204,
    needs: ['s3:AbortMultipartUpload'],
    given: [upload],
  }),
  ...rowsOf('ListParts', {
    request: 'GET /acme/k?uploadId={upload}',
    status: 200,
    answers: { PartNumber: '1', Size: '5' },
    needs: ['s3:ListMultipartUploadParts'],
    given: [upload, part],
  }),
  ...rowsOf('ListParts', {
    request: 'GET /acme/k?uploadId={upload}',
    status: 200,
    needs: ['s3:ListMultipartUploadParts'],
    given: [allowCustomerKeys, { ...upload, headers: customerKey }],
  }),
];

const invalid = { code: 'InvalidRequest', status: 400 };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const noSuchUpload = { code: 'NoSuchUpload', status: 404, fields: ['UploadId'] };
const noSuchPart = { code: 'InvalidPart', status: 400, fields: ['UploadId', 'PartNumber', 'ETag'] };
const ofNoUpload = ({ request, ...sent }: Sent): Sent => ({ ...sent, request: request.replace('{upload}', 'x') });

export const multipartErrors: readonly ErrorRow[] = [
  ...(
    [
      ['UploadPart', part],
      ['UploadPartCopy', partCopy()],
      ['CompleteMultipartUpload', complete(chosen(1))],
      ['AbortMultipartUpload', { request: 'DELETE /acme/k?uploadId={upload}' }],
      ['ListParts', { request: 'GET /acme/k?uploadId={upload}' }],
    ] as const
  ).flatMap(([operation, sent]) =>
    rowsOf<Omit<ErrorRow, 'operation'>>(
      operation,
      { when: 'there is no such upload', ...ofNoUpload(sent), ...noSuchUpload },
      {
        when: 'the upload is of another key',
        ...sent,
        request: sent.request.replace('/k', '/other'),
        ...noSuchUpload,
        given: [upload],
      },
    ),
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'CreateMultipartUpload',
    {
      when: 'a header belongs to other operations only',
      ...upload,
      headers: { 'x-amz-copy-source-range': 'bytes=0-4' },
      code: 'NotImplemented',
      status: 501,
    },
    { when: 'the checksum is unknown', ...upload, headers: { 'x-amz-checksum-algorithm': 'MD4' }, ...invalid },
    {
      when: 'the checksum does not have that type',
      ...upload,
      headers: { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-type': 'FULL_OBJECT' },
      ...invalid,
    },
    {
      when: 'the key is too long',
      request: `POST /acme/${'a'.repeat(1025)}?uploads`,
      code: 'KeyTooLongError',
      status: 400,
      fields: ['Size', 'MaxSizeAllowed'],
    },
    {
      when: 'the storage class is unknown',
      ...upload,
      headers: { 'x-amz-storage-class': 'TAPE' },
      code: 'InvalidStorageClass',
      status: 400,
      fields: ['StorageClassRequested'],
    },
    {
      when: 'ACLs are off',
      ...upload,
      headers: { 'x-amz-acl': 'public-read' },
      code: 'AccessControlListNotSupported',
      status: 400,
    },
    {
      when: 'the ACL grants something',
      ...upload,
      headers: { 'x-amz-acl': 'aws-exec-read' },
      code: 'NotImplemented',
      status: 501,
      given: [withAcls],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'UploadPart',
    {
      when: 'the part has number 10,001',
      ...part,
      request: part.request.replace('=1', '=10001'),
      ...argument,
      given: [upload],
    },
    {
      when: 'Content-MD5 belongs to something else',
      ...part,
      headers: { 'content-md5': wrongMd5 },
      code: 'BadDigest',
      status: 400,
      given: [upload],
    },
    {
      when: 'the upload has checksums of its parts, and this one has none',
      ...part,
      ...invalid,
      given: [{ ...upload, headers: { 'x-amz-checksum-algorithm': 'SHA256' } }],
    },
    {
      when: 'a checksum was chosen, and none is sent',
      ...part,
      headers: { 'x-amz-sdk-checksum-algorithm': 'SHA256' },
      ...invalid,
      given: [upload],
    },
    {
      when: 'the checksum is of another kind than the upload',
      ...part,
      headers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
      ...invalid,
      given: [{ ...upload, headers: { 'x-amz-checksum-algorithm': 'SHA256' } }],
    },
    {
      when: 'the customer’s key is missing',
      ...part,
      ...invalid,
      given: [allowCustomerKeys, { ...upload, headers: customerKey }],
    },
    {
      when: 'the key is of another customer',
      ...part,
      headers: otherCustomerKey,
      ...invalid,
      given: [allowCustomerKeys, { ...upload, headers: customerKey }],
    },
    {
      when: 'a customer’s key is sent without need',
      ...part,
      headers: customerKey,
      ...invalid,
      given: [upload],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'UploadPartCopy',
    {
      when: 'the range is malformed',
      ...partCopy({ 'x-amz-copy-source-range': 'bytes=1-' }),
      ...argument,
      given: [upload],
    },
    {
      when: 'the range lies outside',
      ...partCopy({ 'x-amz-copy-source-range': 'bytes=0-5' }),
      ...argument,
      given: [upload],
    },
    {
      when: 'the source is not there',
      ...partCopy({ 'x-amz-copy-source': '/acme/gone' }),
      code: 'NoSuchKey',
      status: 404,
      fields: ['Key'],
      given: [upload],
    },
    {
      when: 'the source has another ETag',
      ...partCopy({ 'x-amz-copy-source-if-match': '"x"' }),
      code: 'PreconditionFailed',
      status: 412,
      fields: ['Condition'],
      given: [upload],
    },
    {
      when: 'the source is a delete marker',
      ...partCopy({ 'x-amz-copy-source': '/acme/gone?versionId={version}' }),
      ...invalid,
      given: [versioned, { request: 'DELETE /acme/gone' }, upload],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'CompleteMultipartUpload',
    { when: 'a part was never put', ...complete(chosen(2)), ...noSuchPart, given: [upload, part] },
    {
      when: 'the ETag is of another part',
      ...complete(chosen(1)),
      ...noSuchPart,
      given: [upload, part, secondPart],
    },
    {
      when: 'the parts are out of order',
      ...complete(chosen(2, 1)),
      code: 'InvalidPartOrder',
      status: 400,
      fields: ['UploadId'],
      given: [upload, part],
    },
    {
      when: 'a part that is not the last is too small',
      ...complete(chosen(1, 2)),
      code: 'EntityTooSmall',
      status: 400,
      fields: ['ProposedSize', 'MinSizeAllowed', 'PartNumber', 'ETag'],
      given: [upload, part, { ...secondPart, body: 'hello' }],
    },
    {
      when: 'a part comes without the checksum of the upload',
      ...complete(chosen(1)),
      ...invalid,
      given: [ofSha256, partOfSha256],
    },
    {
      when: 'parts with checksums do not begin with the first',
      ...complete(chosen(2)),
      code: 'InvalidPartOrder',
      status: 400,
      fields: ['UploadId'],
      given: [ofSha256, { ...partOfSha256, request: secondPart.request }],
    },
    {
      when: 'the size differs from the announced one',
      ...complete(chosen(1)),
      headers: { 'x-amz-mp-object-size': '6' },
      ...invalid,
      given: [upload, part],
    },
    {
      when: 'the checksum type differs',
      ...complete(chosen(1)),
      headers: { 'x-amz-checksum-type': 'COMPOSITE' },
      ...invalid,
      given: [upload, part],
    },
    {
      when: 'the checksum belongs to something else',
      ...complete(chosen(1)),
      headers: { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' },
      code: 'BadDigest',
      status: 400,
      given: [upload, part],
    },
    {
      when: 'the object is there',
      ...complete(chosen(1)),
      headers: { 'if-none-match': '*' },
      code: 'PreconditionFailed',
      status: 412,
      fields: ['Condition'],
      given: [upload, part],
    },
    {
      when: 'the object to replace is not there',
      request: 'POST /acme/new?uploadId={upload}',
      headers: { 'if-match': '"x"' },
      body: chosen(1),
      code: 'NoSuchKey',
      status: 404,
      fields: ['Key'],
      given: [
        { request: 'POST /acme/new?uploads' },
        { request: 'PUT /acme/new?partNumber=1&uploadId={upload}', body: 'hello' },
      ],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'ListParts',
    {
      when: 'the marker is not a number',
      request: 'GET /acme/k?uploadId={upload}&part-number-marker=x',
      ...argument,
      given: [upload],
    },
    {
      when: 'the parts have checksums, and the customer’s key is missing',
      request: 'GET /acme/k?uploadId={upload}',
      ...invalid,
      given: [allowCustomerKeys, { ...ofSha256, headers: { ...ofSha256.headers, ...customerKey } }],
    },
  ),
];
