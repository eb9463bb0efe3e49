import { type Sent, xml } from './row';

/** Every row finds the bucket `acme` with the object `k`, which says hello. These come on top. */
export const versioned: Sent = {
  request: 'PUT /acme?versioning',
  body: xml('VersioningConfiguration', '<Status>Enabled</Status>'),
};
export const put: Sent = { request: 'PUT /acme/k', body: 'hello' };
export const remove: Sent = { request: 'DELETE /acme/k' };
export const archive: Sent = { ...put, headers: { 'x-amz-storage-class': 'GLACIER' } };

export const location = xml('CreateBucketConfiguration', '<LocationConstraint>us-east-2</LocationConstraint>');
export const lockable: Sent = {
  request: 'PUT /locked',
  headers: { 'x-amz-bucket-object-lock-enabled': 'true' },
  body: location,
};
/** A bucket with versions, for replicas. */
export const replica: readonly Sent[] = [
  { request: 'PUT /replica', body: location },
  { ...versioned, request: 'PUT /replica?versioning' },
];
const retainUntil = '2026-06-01T00:00:00Z';
const locked = (more: Readonly<Record<string, string>>): Sent => ({
  request: 'PUT /locked/k',
  headers: { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==', ...more },
  body: 'hello',
});
export const lockedPut = locked({});
export const governed = locked({
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': retainUntil,
});
export const complied = locked({
  'x-amz-object-lock-mode': 'COMPLIANCE',
  'x-amz-object-lock-retain-until-date': retainUntil,
});
export const held = locked({ 'x-amz-object-lock-legal-hold': 'ON' });

export const withAcls: Sent = {
  request: 'PUT /acme?ownershipControls',
  body: xml('OwnershipControls', '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>'),
};
export const withoutBlock: Sent = { request: 'DELETE /acme?publicAccessBlock' };

/** MD5 and key of thirty-two times the letter a. */
export const customerKey = {
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key': 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=',
  'x-amz-server-side-encryption-customer-key-md5': 'Xsqb0+sHwAbNQ65I395/0w==',
};
/** The same of the letter b. */
export const otherCustomerKey = {
  ...customerKey,
  'x-amz-server-side-encryption-customer-key': 'YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=',
  'x-amz-server-side-encryption-customer-key-md5': 'i0+eoW3kvPW7/A/x6iN5NA==',
};
const encryptionRule = (rule: string) => xml('ServerSideEncryptionConfiguration', `<Rule>${rule}</Rule>`);
export const allowCustomerKeys: Sent = {
  request: 'PUT /acme?encryption',
  body: encryptionRule('<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>'),
};
export const putUnderCustomerKey: Sent = { ...put, headers: customerKey };

export const upload: Sent = { request: 'POST /acme/k?uploads' };
export const part: Sent = { request: 'PUT /acme/k?partNumber=1&uploadId={upload}', body: 'hello' };
export const secondPart: Sent = { request: 'PUT /acme/k?partNumber=2&uploadId={upload}', body: 'again' };
/** `{etag}` is that of the part that was put last. */
export const chosen = (...numbers: readonly number[]) =>
  xml(
    'CompleteMultipartUpload',
    numbers.map((number) => `<Part><PartNumber>${number}</PartNumber><ETag>{etag}</ETag></Part>`).join(''),
  );
