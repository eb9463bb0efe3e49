import {
  allowCustomerKeys,
  archive,
  chosen,
  complied,
  customerKey,
  governed,
  held,
  lockable,
  lockedPut,
  part,
  put,
  putUnderCustomerKey,
  remove,
  upload,
  versioned,
  withAcls,
} from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, wrongMd5, xml } from './row';

const etag = '5d41402abc4b2a76b9719d911017c592';
const copy = (source = '/acme/k', more: Readonly<Record<string, string>> = {}): Sent => ({
  request: 'PUT /acme/copy',
  headers: { 'x-amz-copy-source': source, ...more },
});
const tagSet = (...keys: readonly string[]) =>
  xml('Tagging', `<TagSet>${keys.map((key) => `<Tag><Key>${key}</Key><Value>v</Value></Tag>`).join('')}</TagSet>`);
const deleted = (content: string) => xml('Delete', content);
const md5OfDelete = { 'x-amz-checksum-crc32': '{crc32}' };
const retention = (mode: string, date: string) =>
  xml('Retention', `<Mode>${mode}</Mode><RetainUntilDate>${date}</RetainUntilDate>`);
const legalHold = (status: string) => xml('LegalHold', `<Status>${status}</Status>`);
const completion: Sent = { request: 'POST /acme/k?uploadId={upload}', body: chosen(1) };
const attributes = (names: string) => ({ 'x-amz-object-attributes': names });
const chose = (algorithm: string) => ({ 'x-amz-sdk-checksum-algorithm': algorithm });
const crc32 = { 'x-amz-checksum-crc32': 'NhCmhg==' };
const streamed = (trailer: string, more: Readonly<Record<string, string>> = {}): Sent => ({
  ...put,
  headers: {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'x-amz-trailer': trailer.split(':')[0] ?? '',
    ...more,
  },
  body: `5\r\nhello\r\n0\r\n${trailer}\r\n\r\n`,
});
const tagged: Sent = { ...put, headers: { 'x-amz-tagging': 'team=v' } };

export const objectSuccesses: readonly SuccessRow[] = [
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'PutObject',
    {
      ...put,
      status: 200,
      answers: { etag: `"${etag}"`, 'x-amz-checksum-type': 'FULL_OBJECT' },
      needs: ['s3:PutObject'],
    },
    { ...tagged, status: 200, needs: ['s3:PutObject', 's3:PutObjectTagging'] },
    { ...put, headers: { 'if-match': `"${etag}"` }, status: 200, needs: ['s3:GetObject', 's3:PutObject'] },
    {
      ...put,
      headers: { 'x-amz-acl': 'bucket-owner-full-control' },
      status: 200,
      needs: ['s3:PutObject', 's3:PutObjectAcl'],
    },
    { ...governed, status: 200, needs: ['s3:PutObject', 's3:PutObjectRetention'], given: [lockable] },
    { ...held, status: 200, needs: ['s3:PutObject', 's3:PutObjectLegalHold'], given: [lockable] },
    {
      ...putUnderCustomerKey,
      status: 200,
      answers: { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      needs: ['s3:PutObject'],
      given: [allowCustomerKeys],
    },
  ),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'CopyObject',
    ...[copy(), copy('%2Facme%2Fk')].map((sent) => ({
      ...sent,
      status: 200,
      answers: { ETag: `"${etag}"` },
      needs: ['s3:GetObject', 's3:PutObject'],
    })),
    {
      ...copy('acme/c/p+q%2Br'),
      status: 200,
      needs: ['s3:GetObject', 's3:PutObject'],
      given: [{ request: 'PUT /acme/c/p%20q%2Br', body: 'spaced' }],
    },
    {
      ...copy(),
      status: 200,
      needs: ['s3:GetObject', 's3:PutObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
      given: [tagged],
    },
    {
      ...copy('/acme/k?versionId={version}'),
      status: 200,
      answers: { 'x-amz-copy-source-version-id': '{version}' },
      needs: ['s3:GetObjectVersion', 's3:PutObject'],
      given: [versioned, put],
    },
    {
      request: 'PUT /acme/k',
      headers: { ...copy().headers, ...customerKey },
      status: 200,
      needs: ['s3:GetObject', 's3:PutObject'],
      given: [allowCustomerKeys],
    },
  ),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'GetObject',
    { request: 'GET /acme/k', status: 200, answers: { etag: `"${etag}"` }, needs: ['s3:GetObject'] },
    {
      request: 'GET /acme/k',
      headers: { 'x-amz-api-version': '2006-03-01', 'x-amz-te': 'append-md5', 'x-amz-checksum-crc32': 'AAAAAA==' },
      status: 200,
      answers: { etag: `"${etag}"`, 'content-length': '5' },
      needs: ['s3:GetObject'],
    },
    {
      request: 'GET /acme/k',
      headers: { range: 'bytes=1-2' },
      status: 206,
      answers: { 'content-range': 'bytes 1-2/5' },
      needs: ['s3:GetObject'],
    },
    {
      request: 'GET /acme/k?versionId={version}',
      status: 200,
      answers: { 'x-amz-version-id': '{version}' },
      needs: ['s3:GetObjectVersion'],
      given: [versioned, put],
    },
  ),
  ...rowsOf('HeadObject', {
    request: 'HEAD /acme/k',
    status: 200,
    answers: { etag: `"${etag}"`, 'content-length': '5' },
    needs: ['s3:GetObject'],
  }),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'DeleteObject',
    { ...remove, status: 204, needs: ['s3:DeleteObject'] },
    {
      ...remove,
      status: 204,
      answers: { 'x-amz-delete-marker': 'true' },
      needs: ['s3:DeleteObject'],
      given: [versioned],
    },
    {
      request: 'DELETE /acme/k?versionId={version}',
      status: 204,
      answers: { 'x-amz-version-id': '{version}' },
      needs: ['s3:DeleteObjectVersion'],
      given: [versioned, put],
    },
    {
      request: 'DELETE /locked/k?versionId={version}',
      headers: { 'x-amz-bypass-governance-retention': 'true' },
      status: 204,
      needs: ['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
      given: [lockable, governed],
    },
  ),
  ...rowsOf('DeleteObjects', {
    request: 'POST /acme?delete',
    headers: md5OfDelete,
    body: deleted('<Object><Key>k</Key></Object>'),
    status: 200,
    answers: { Deleted: '<Key>k</Key>' },
    needs: ['s3:DeleteObject'],
  }),
  ...rowsOf('GetObjectTagging', {
    request: 'GET /acme/k?tagging',
    status: 200,
    answers: { Key: 'team' },
    needs: ['s3:GetObjectTagging'],
    given: [tagged],
  }),
  ...rowsOf('PutObjectTagging', {
    request: 'PUT /acme/k?tagging',
    body: tagSet('team'),
    status: 200,
    needs: ['s3:PutObjectTagging'],
  }),
  ...rowsOf('DeleteObjectTagging', {
    request: 'DELETE /acme/k?tagging',
    status: 204,
    needs: ['s3:DeleteObjectTagging'],
  }),
  ...rowsOf('GetObjectAcl', {
    request: 'GET /acme/k?acl',
    status: 200,
    answers: { Permission: 'FULL_CONTROL' },
    needs: ['s3:GetObjectAcl'],
  }),
  ...rowsOf('PutObjectAcl', {
    request: 'PUT /acme/k?acl',
    headers: { 'x-amz-acl': 'bucket-owner-full-control' },
    status: 200,
    needs: ['s3:PutObjectAcl'],
  }),
  ...rowsOf('GetObjectRetention', {
    request: 'GET /locked/k?retention',
    status: 200,
    answers: { Mode: 'GOVERNANCE' },
    needs: ['s3:GetObjectRetention'],
    given: [lockable, governed],
  }),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'PutObjectRetention',
    {
      request: 'PUT /locked/k?retention',
      body: retention('GOVERNANCE', '2027-01-01T00:00:00Z'),
      status: 200,
      needs: ['s3:PutObjectRetention'],
      given: [lockable, lockedPut],
    },
    {
      request: 'PUT /locked/k?retention',
      headers: { 'x-amz-bypass-governance-retention': 'true' },
      body: xml('Retention'),
      status: 200,
      needs: ['s3:PutObjectRetention', 's3:BypassGovernanceRetention'],
      given: [lockable, governed],
    },
  ),
  ...rowsOf('GetObjectLegalHold', {
    request: 'GET /locked/k?legal-hold',
    status: 200,
    answers: { Status: 'ON' },
    needs: ['s3:GetObjectLegalHold'],
    given: [lockable, held],
  }),
  ...rowsOf('PutObjectLegalHold', {
    request: 'PUT /locked/k?legal-hold',
    body: legalHold('ON'),
    status: 200,
    needs: ['s3:PutObjectLegalHold'],
    given: [lockable, lockedPut],
  }),
  ...rowsOf('GetObjectAttributes', {
    request: 'GET /acme/k?attributes',
    headers: attributes('ETag,ObjectSize'),
    status: 200,
    answers: { ETag: etag, ObjectSize: '5' },
    needs: ['s3:GetObject', 's3:GetObjectAttributes'],
  }),
];

const invalid = { code: 'InvalidRequest', status: 400 };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const noSuchKey = { code: 'NoSuchKey', status: 404, fields: ['Key'] };
const noSuchVersion = { code: 'NoSuchVersion', status: 404, fields: ['Key', 'VersionId'] };
const precondition = { code: 'PreconditionFailed', status: 412, fields: ['Condition'] };
const unknownVersion = 'versionId=00000000000000000000000000000000';
const denied = { code: 'AccessDenied', status: 403 };
const invalidDate = 'Tue, 01 Jan 2030 00:00:00 GMT';

/** The errors of whatever works on an object that has to be there. */
function errorsOfMissing(operation: string, { request, ...sent }: Sent): readonly ErrorRow[] {
  const of = (query: string) => `${request}${request.includes('?') ? '&' : '?'}${query}`;
  return rowsOf<Omit<ErrorRow, 'operation'>>(
    operation,
    { when: 'the key is not there', ...sent, request: request.replace('/k', '/gone'), ...noSuchKey },
    { when: 'the version is not there', ...sent, request: of(unknownVersion), ...noSuchVersion },
    { when: 'the id cannot be a version’s', ...sent, request: of('versionId=x'), ...argument },
    {
      when: 'it is a delete marker',
      ...sent,
      request: of('versionId={version}'),
      code: 'MethodNotAllowed',
      status: 405,
      fields: ['Method', 'ResourceType'],
      given: [versioned, remove],
    },
  );
}

const attributed: Sent = { request: 'GET /acme/k?attributes', headers: attributes('ETag') };

export const objectErrors: readonly ErrorRow[] = [
  ...errorsOfMissing('GetObject', { request: 'GET /acme/k' }),
  ...errorsOfMissing('HeadObject', { request: 'HEAD /acme/k' }),
  ...errorsOfMissing('GetObjectTagging', { request: 'GET /acme/k?tagging' }),
  ...errorsOfMissing('PutObjectTagging', { request: 'PUT /acme/k?tagging', body: tagSet('a') }),
  ...errorsOfMissing('DeleteObjectTagging', { request: 'DELETE /acme/k?tagging' }),
  ...errorsOfMissing('GetObjectAcl', { request: 'GET /acme/k?acl' }),
  ...errorsOfMissing('PutObjectAcl', { request: 'PUT /acme/k?acl' }),
  ...errorsOfMissing('GetObjectAttributes', attributed),
  ...errorsOfMissing('RestoreObject', { request: 'POST /acme/k?restore' }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutObject',
    {
      when: 'the key has 1,025 bytes',
      ...put,
      request: `PUT /acme/${'a'.repeat(1025)}`,
      code: 'KeyTooLongError',
      status: 400,
      fields: ['Size', 'MaxSizeAllowed'],
    },
    {
      when: 'there is too much metadata',
      ...put,
      headers: { 'x-amz-meta-a': 'x'.repeat(2048) },
      code: 'MetadataTooLarge',
      status: 400,
      fields: ['Size', 'MaxSizeAllowed'],
    },
    {
      when: 'the storage class is unknown',
      ...put,
      headers: { 'x-amz-storage-class': 'TAPE' },
      code: 'InvalidStorageClass',
      status: 400,
      fields: ['StorageClassRequested'],
    },
    { when: 'the tags are not a query string', ...put, headers: { 'x-amz-tagging': '=' }, ...argument },
    {
      when: 'a tag has a wrong key',
      ...put,
      headers: { 'x-amz-tagging': 'aws:x=1' },
      code: 'InvalidTag',
      status: 400,
      fields: ['TagKey'],
    },
    {
      when: 'there are eleven tags',
      ...put,
      headers: { 'x-amz-tagging': Array.from({ length: 11 }, (_unused, index) => `k${index}=`).join('&') },
      code: 'BadRequest',
      status: 400,
    },
    {
      when: 'Content-MD5 belongs to something else',
      ...put,
      headers: { 'content-md5': wrongMd5 },
      code: 'BadDigest',
      status: 400,
    },
    {
      when: 'Content-MD5 is not an MD5',
      ...put,
      headers: { 'content-md5': 'x' },
      code: 'InvalidDigest',
      status: 400,
      fields: ['Content-MD5'],
    },
    {
      when: 'the checksum belongs to something else',
      ...put,
      headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
      code: 'BadDigest',
      status: 400,
    },
    { when: 'the checksum is malformed', ...put, headers: { 'x-amz-checksum-crc32': 'x' }, ...invalid },
    {
      when: 'a checksum other than the chosen one is sent',
      ...put,
      headers: { ...chose('SHA1'), ...crc32 },
      ...invalid,
    },
    {
      when: 'a checksum other than the chosen one is in the trailer',
      ...streamed('x-amz-checksum-crc32:NhCmhg==', chose('SHA1')),
      ...invalid,
    },
    { when: 'the trailer is not a checksum', ...streamed('x-amz-checksum-sha10:AA=='), ...invalid },
    {
      when: 'the checksum in the trailer is too short',
      ...streamed('x-amz-checksum-xxhash64:AA=='),
      ...invalid,
    },
    {
      when: 'there are two checksums',
      ...put,
      headers: { 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-sha1': 'x' },
      ...invalid,
    },
    {
      when: 'nothing gives its length',
      ...put,
      headers: { 'transfer-encoding': 'chunked' },
      code: 'NotImplemented',
      status: 501,
      fields: ['Header'],
    },
    { when: 'the object is there', ...put, headers: { 'if-none-match': '*' }, ...precondition },
    { when: 'the object has another ETag', ...put, headers: { 'if-match': '"x"' }, ...precondition },
    {
      when: 'the object to replace is not there',
      request: 'PUT /acme/gone',
      headers: { 'if-match': '"x"' },
      ...noSuchKey,
    },
    {
      when: 'the object must not have some ETag',
      ...put,
      headers: { 'if-none-match': '"x"' },
      code: 'NotImplemented',
      status: 501,
    },
    {
      when: 'it carries an ACL and ACLs are off',
      ...put,
      headers: { 'x-amz-acl': 'public-read' },
      code: 'AccessControlListNotSupported',
      status: 400,
    },
    {
      when: 'public ACLs are blocked',
      ...put,
      headers: { 'x-amz-acl': 'public-read' },
      ...denied,
      given: [withAcls],
    },
    {
      when: 'the encryption is unknown',
      ...put,
      headers: { 'x-amz-server-side-encryption': 'ROT13' },
      ...argument,
    },
    {
      when: 'a key is named without the encryption',
      ...put,
      headers: { 'x-amz-server-side-encryption-aws-kms-key-id': 'k' },
      ...argument,
    },
    {
      when: 'the bucket-key header is not a boolean',
      ...put,
      headers: {
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-bucket-key-enabled': 'yes',
      },
      ...argument,
    },
    {
      when: 'the encryption context is not JSON',
      ...put,
      headers: { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-context': 'x' },
      ...argument,
    },
    { when: 'customers’ keys are blocked', ...putUnderCustomerKey, ...denied },
    {
      when: 'the customer’s key comes without TLS',
      ...putUnderCustomerKey,
      isPlain: true,
      ...invalid,
      given: [allowCustomerKeys],
    },
    {
      when: 'the customer’s key is too short',
      ...put,
      headers: { ...customerKey, 'x-amz-server-side-encryption-customer-key': 'YQ==' },
      ...argument,
      given: [allowCustomerKeys],
    },
    {
      when: 'the customer’s key does not match its MD5',
      ...put,
      headers: { ...customerKey, 'x-amz-server-side-encryption-customer-key-md5': wrongMd5 },
      ...argument,
      given: [allowCustomerKeys],
    },
    {
      when: 'the customer’s algorithm is unknown',
      ...put,
      headers: { ...customerKey, 'x-amz-server-side-encryption-customer-algorithm': 'DES' },
      code: 'InvalidEncryptionAlgorithmError',
      status: 400,
      given: [allowCustomerKeys],
    },
    {
      when: 'a lock is asked for and the bucket has none',
      ...put,
      headers: { 'x-amz-object-lock-legal-hold': 'ON', 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' },
      ...invalid,
    },
    {
      when: 'a locked object comes without a checksum',
      request: 'PUT /locked/k',
      headers: { 'x-amz-object-lock-legal-hold': 'ON' },
      ...invalid,
      given: [lockable],
    },
    {
      when: 'the legal hold is neither on nor off',
      request: 'PUT /locked/k',
      headers: { 'x-amz-object-lock-legal-hold': 'MAYBE' },
      ...argument,
      given: [lockable],
    },
    {
      when: 'a mode comes without a date',
      request: 'PUT /locked/k',
      headers: { 'x-amz-object-lock-mode': 'GOVERNANCE' },
      ...argument,
      given: [lockable],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'CopyObject',
    { when: 'the source is not there', ...copy('/acme/gone'), ...noSuchKey },
    {
      when: 'the source has a plus sign that was not encoded',
      ...copy('/acme/c/r+s'),
      ...noSuchKey,
      given: [{ request: 'PUT /acme/c/r%2Bs', body: 'hello' }],
    },
    { when: 'the version is not there', ...copy(`/acme/k?${unknownVersion}`), ...noSuchVersion },
    {
      when: 'the bucket of the source is not there',
      ...copy('/nowhere/k'),
      code: 'NoSuchBucket',
      status: 404,
      fields: ['BucketName'],
    },
    { when: 'the source names no key', ...copy('acme'), ...argument },
    { when: 'the source is an access point', ...copy('arn:aws:s3:::acme'), code: 'NotImplemented', status: 501 },
    {
      when: 'the source has another ETag',
      ...copy('/acme/k', { 'x-amz-copy-source-if-match': '"x"' }),
      ...precondition,
    },
    {
      when: 'the source has the known ETag',
      ...copy('/acme/k', { 'x-amz-copy-source-if-none-match': `"${etag}"` }),
      ...precondition,
    },
    {
      when: 'the source has changed',
      ...copy('/acme/k', { 'x-amz-copy-source-if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      ...precondition,
    },
    { when: 'it changes nothing', ...copy(), request: 'PUT /acme/k', ...invalid },
    { when: 'the directive is unknown', ...copy('/acme/k', { 'x-amz-metadata-directive': 'MERGE' }), ...argument },
    { when: 'the checksum is unknown', ...copy('/acme/k', { 'x-amz-checksum-algorithm': 'MD4' }), ...invalid },
    {
      when: 'the source is of another owner than expected',
      ...copy('/acme/k', { 'x-amz-source-expected-bucket-owner': '444455556666' }),
      ...denied,
    },
    {
      when: 'the key is too long',
      ...copy(),
      request: `PUT /acme/${'a'.repeat(1025)}`,
      code: 'KeyTooLongError',
      status: 400,
      fields: ['Size', 'MaxSizeAllowed'],
    },
    {
      when: 'the source is under a customer’s key that is not sent along',
      ...copy(),
      ...invalid,
      given: [allowCustomerKeys, putUnderCustomerKey],
    },
    {
      when: 'the source is archived',
      ...copy(),
      code: 'ObjectNotInActiveTierError',
      status: 403,
      given: [archive],
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'GetObject',
    {
      when: 'it is archived',
      request: 'GET /acme/k',
      code: 'InvalidObjectState',
      status: 403,
      fields: ['StorageClass'],
      given: [archive],
    },
    {
      when: 'the range lies outside',
      request: 'GET /acme/k',
      headers: { range: 'bytes=5-' },
      code: 'InvalidRange',
      status: 416,
      fields: ['RangeRequested', 'ActualObjectSize'],
    },
    {
      when: 'there are several ranges',
      request: 'GET /acme/k',
      headers: { range: 'bytes=0-1,3-4' },
      code: 'NotImplemented',
      status: 501,
    },
    { when: 'it has another ETag', request: 'GET /acme/k', headers: { 'if-match': '"x"' }, ...precondition },
    {
      when: 'it has changed',
      request: 'GET /acme/k',
      headers: { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      ...precondition,
    },
    {
      when: 'it has the known ETag',
      request: 'GET /acme/k',
      headers: { 'if-none-match': `"${etag}"` },
      code: 'NotModified',
      status: 304,
    },
    {
      when: 'it has not changed',
      request: 'GET /acme/k',
      headers: { 'if-modified-since': invalidDate },
      code: 'NotModified',
      status: 304,
    },
    { when: 'there is no such part', request: 'GET /acme/k?partNumber=0', ...argument },
    {
      when: 'it has fewer parts',
      request: 'GET /acme/k?partNumber=2',
      code: 'InvalidPartNumber',
      status: 416,
      fields: ['ActualPartCount', 'PartNumberRequested'],
    },
    {
      when: 'both a part and a range are asked for',
      request: 'GET /acme/k?partNumber=1',
      headers: { range: 'bytes=0-1' },
      ...invalid,
    },
    {
      when: 'the customer’s key is missing',
      request: 'GET /acme/k',
      ...invalid,
      given: [allowCustomerKeys, putUnderCustomerKey],
    },
    {
      when: 'a customer’s key is sent without need',
      request: 'GET /acme/k',
      headers: customerKey,
      ...invalid,
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'HeadObject',
    { when: 'it has another ETag', request: 'HEAD /acme/k', headers: { 'if-match': '"x"' }, ...precondition },
    {
      when: 'it has the known ETag',
      request: 'HEAD /acme/k',
      headers: { 'if-none-match': `"${etag}"` },
      code: 'NotModified',
      status: 304,
    },
    {
      when: 'the range lies outside',
      request: 'HEAD /acme/k',
      headers: { range: 'bytes=5-' },
      code: 'InvalidRange',
      status: 416,
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'DeleteObject',
    { when: 'the id cannot be a version’s', request: 'DELETE /acme/k?versionId=x', ...argument },
    { when: 'it has another ETag', ...remove, headers: { 'if-match': '"x"' }, ...precondition },
    { when: 'it is not there and should be', request: 'DELETE /acme/gone', headers: { 'if-match': '*' }, ...noSuchKey },
    {
      when: 'governance holds it',
      request: 'DELETE /locked/k?versionId={version}',
      ...denied,
      given: [lockable, governed],
    },
    {
      when: 'compliance holds it, whoever asks',
      request: 'DELETE /locked/k?versionId={version}',
      headers: { 'x-amz-bypass-governance-retention': 'true' },
      ...denied,
      given: [lockable, complied],
    },
    {
      when: 'a legal hold is on it, whoever asks',
      request: 'DELETE /locked/k?versionId={version}',
      headers: { 'x-amz-bypass-governance-retention': 'true' },
      ...denied,
      given: [lockable, held],
    },
    {
      when: 'an MFA device is named',
      ...remove,
      headers: { 'x-amz-mfa': 'arn:aws:iam::111122223333:mfa/a 123456' },
      code: 'NotImplemented',
      status: 501,
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'DeleteObjects',
    {
      when: 'the list comes without a checksum',
      request: 'POST /acme?delete',
      body: deleted('<Object><Key>k</Key></Object>'),
      ...invalid,
    },
    {
      when: 'there are 1,001 keys',
      request: 'POST /acme?delete',
      headers: md5OfDelete,
      body: deleted('<Object><Key>k</Key></Object>'.repeat(1001)),
      code: 'MalformedXML',
      status: 400,
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>('RestoreObject', {
    when: 'it is not archived',
    request: 'POST /acme/k?restore',
    code: 'InvalidObjectState',
    status: 403,
  }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>('RestoreObject', {
    when: 'it is archived, since hours do not pass here',
    request: 'POST /acme/k?restore',
    code: 'NotImplemented',
    status: 501,
    given: [archive],
  }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>('PutObjectTagging', {
    when: 'a tag is there twice',
    request: 'PUT /acme/k?tagging',
    body: tagSet('a', 'a'),
    code: 'InvalidTag',
    status: 400,
    fields: ['TagKey'],
  }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>('PutObjectAcl', {
    when: 'ACLs are off',
    request: 'PUT /acme/k?acl',
    headers: { 'x-amz-acl': 'public-read' },
    code: 'AccessControlListNotSupported',
    status: 400,
  }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'GetObjectAttributes',
    {
      when: 'an attribute is unknown',
      request: 'GET /acme/k?attributes',
      headers: attributes('Colour'),
      ...argument,
    },
    ...['many', '-1', '1.5'].map((parts) => ({
      when: `it wants ${parts} parts`,
      request: 'GET /acme/k?attributes',
      headers: { ...attributes('ObjectParts'), 'x-amz-max-parts': parts },
      ...argument,
      given: [upload, part, completion],
    })),
    {
      when: 'the marker is not a number',
      request: 'GET /acme/k?attributes',
      headers: { ...attributes('ObjectParts'), 'x-amz-part-number-marker': 'first' },
      ...argument,
      given: [upload, part, completion],
    },
  ),
  ...['GetObjectRetention', 'GetObjectLegalHold', 'PutObjectRetention', 'PutObjectLegalHold'].flatMap((operation) => {
    const subresource = operation.endsWith('Retention') ? 'retention' : 'legal-hold';
    const body = subresource === 'retention' ? retention('GOVERNANCE', '2027-01-01T00:00:00Z') : legalHold('ON');
    const sent = operation.startsWith('Get') ? { request: 'GET' } : { request: 'PUT', body };
    return rowsOf<Omit<ErrorRow, 'operation'>>(
      operation,
      {
        when: 'the bucket has no Object Lock',
        ...sent,
        request: `${sent.request} /acme/k?${subresource}`,
        ...invalid,
      },
      {
        when: 'the key is not there',
        ...sent,
        request: `${sent.request} /locked/gone?${subresource}`,
        ...noSuchKey,
        given: [lockable],
      },
    );
  }),
  ...['retention', 'legal-hold'].map((subresource) => ({
    operation: subresource === 'retention' ? 'GetObjectRetention' : 'GetObjectLegalHold',
    when: 'the object has none',
    request: `GET /locked/k?${subresource}`,
    code: 'NoSuchObjectLockConfiguration',
    status: 404,
    fields: ['Key'],
    given: [lockable, lockedPut],
  })),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutObjectRetention',
    {
      when: 'the date is in the past',
      request: 'PUT /locked/k?retention',
      body: retention('GOVERNANCE', '2020-01-01T00:00:00Z'),
      ...argument,
      given: [lockable, lockedPut],
    },
    {
      when: 'it shortens what compliance holds',
      request: 'PUT /locked/k?retention',
      headers: { 'x-amz-bypass-governance-retention': 'true' },
      body: retention('COMPLIANCE', '2026-05-05T00:00:00Z'),
      ...denied,
      given: [lockable, complied],
    },
    {
      when: 'it removes what governance holds',
      request: 'PUT /locked/k?retention',
      body: xml('Retention'),
      ...denied,
      given: [lockable, governed],
    },
  ),
];
