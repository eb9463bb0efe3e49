import { createHash } from 'node:crypto';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { Account, accountId } from './account';

const account = new Account();
const other = '999999999999';
const customerKey = (letter: string) => ({
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key': Buffer.from(letter.repeat(32)).toString('base64'),
  'x-amz-server-side-encryption-customer-key-md5': createHash('md5').update(letter.repeat(32)).digest('base64'),
});
const put = (target: string, body: string) => account.send({ method: 'PUT', target, body });
const rule = (blocked: string) =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BlockedEncryptionTypes><EncryptionType>${blocked}</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`;

beforeAll(() => {
  for (const name of ['acme', 'open', 'blocked']) importBucket(account.state, name);
  put('/acme?encryption', rule('NONE'));
  put('/blocked?encryption', rule('SSE-C'));
  put(
    '/open?ownershipControls',
    '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>',
  );
  put('/acme/a', 'hello');
  account.send({ method: 'PUT', target: '/acme/secret', headers: customerKey('a'), body: 'x' });
});

describe('the reason that S3 does not tell the caller is in the request log', () => {
  test.each([
    [
      'another owner of the bucket',
      { method: 'GET', target: '/acme', headers: { 'x-amz-expected-bucket-owner': other } },
      `x-amz-expected-bucket-owner is ${other}, and the bucket belongs to ${accountId}`,
    ],
    [
      'another owner of the source',
      {
        method: 'PUT',
        target: '/acme/b',
        headers: { 'x-amz-copy-source': '/acme/a', 'x-amz-source-expected-bucket-owner': other },
      },
      `x-amz-source-expected-bucket-owner is ${other}, and the bucket belongs to ${accountId}`,
    ],
    [
      'a public ACL',
      { method: 'PUT', target: '/open/a', headers: { 'x-amz-acl': 'public-read' } },
      "the public access block of the bucket refuses the ACL 'public-read'",
    ],
    [
      'SSE-C where it is blocked',
      { method: 'PUT', target: '/blocked/a', headers: customerKey('a') },
      'the default encryption of the bucket blocks SSE-C',
    ],
    [
      'another customer key',
      { method: 'GET', target: '/acme/secret', headers: customerKey('b') },
      'the object is encrypted with another customer key (SSE-C)',
    ],
  ])('%s', (_, request, errorReason) => {
    expect(account.send(request)).toMatchObject({ status: 403, body: expect.stringContaining('Access Denied') });
    expect(account.log.at(-1)).toMatchObject({ errorCode: 'AccessDenied', errorReason });
  });
});
