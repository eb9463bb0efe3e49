import { type AccessQuestionFacts, questionsOf, type S3RequestFacts } from '../../lib/request-model';
import {
  API,
  BUCKET,
  bucket,
  FOREIGN_KEY,
  KEY,
  kmsBucket,
  kmsQuestion,
  OBJECT,
  OTHER_KEY,
  OWN,
  onBucket,
  onObject,
  sseS3,
  USER_GUIDE,
  underKey,
} from './requests';

type Row = readonly [claim: string, facts: S3RequestFacts, expected: readonly AccessQuestionFacts[], page: string];

const KMS_KEYS = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html';
const kmsHeader = { 'x-amz-server-side-encryption': 'aws:kms' };
const withKey = (key: string) => ({ ...kmsHeader, 'x-amz-server-side-encryption-aws-kms-key-id': key });
const asContext = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const generate = (arn = BUCKET, more = {}) => kmsQuestion('kms:GenerateDataKey', 'new-object-key', { arn, ...more });
const decrypt = (step: 'object-key' | 'upload-key' | 'source-key', arn = BUCKET, more = {}) =>
  kmsQuestion('kms:Decrypt', step, { arn, ...more });
const upload = { upload: { encryption: underKey }, query: { uploadId: 'u' } };
const managedAlias = { 'alias/aws/s3': OTHER_KEY };

/** Questions of S3 to KMS; its own are in the tests beside these. */
function askedOfKms(facts: S3RequestFacts): readonly AccessQuestionFacts[] {
  return questionsOf(facts).filter(({ askedOf }) => askedOf === 'kms');
}

describe('a new object', () => {
  test.each<Row>([
    ['under SSE-S3 by default asks KMS nothing', onObject('PutObject'), [], `${USER_GUIDE}bucket-encryption.html`],
    [
      'under SSE-KMS by default takes a data key bound to the bucket, with a bucket key',
      onObject('PutObject', { bucket: kmsBucket() }),
      [generate()],
      `${USER_GUIDE}bucket-key.html`,
    ],
    [
      'under SSE-KMS by default takes a data key bound to the object, without a bucket key',
      onObject('PutObject', { bucket: kmsBucket(false) }),
      [generate(OBJECT)],
      `${USER_GUIDE}bucket-key.html`,
    ],
    [
      'turns the bucket key off by its header',
      onObject('PutObject', {
        bucket: kmsBucket(),
        headers: { 'x-amz-server-side-encryption-bucket-key-enabled': 'false' },
      }),
      [generate(OBJECT)],
      `${USER_GUIDE}configuring-bucket-key-object.html`,
    ],
    [
      'turns the bucket key on by its header',
      onObject('PutObject', {
        bucket: kmsBucket(false),
        headers: { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' },
      }),
      [generate()],
      `${USER_GUIDE}configuring-bucket-key-object.html`,
    ],
    [
      'takes the key of its header, whatever the default',
      onObject('PutObject', { headers: withKey(OTHER_KEY) }),
      [generate(OBJECT, { key: OTHER_KEY })],
      `${USER_GUIDE}specifying-kms-encryption.html`,
    ],
    [
      'keeps the bucket key of the bucket under the key of its header',
      onObject('PutObject', { bucket: kmsBucket(), headers: withKey(OTHER_KEY) }),
      [generate(BUCKET, { key: OTHER_KEY })],
      `${USER_GUIDE}bucket-key.html`,
    ],
    [
      "under a key of another account is that account's question",
      onObject('PutObject', { bucket: kmsBucket(), headers: withKey(FOREIGN_KEY) }),
      [generate(BUCKET, { key: FOREIGN_KEY })],
      `${USER_GUIDE}specifying-kms-encryption.html`,
    ],
    [
      'with the header aws:kms and no key takes the AWS managed key, not the key of the bucket',
      onObject('PutObject', { bucket: kmsBucket(), headers: kmsHeader, keyAliases: managedAlias }),
      [generate(BUCKET, { key: OTHER_KEY, context: { 'kms:RequestAlias': 'alias/aws/s3' } })],
      `${USER_GUIDE}specifying-kms-encryption.html`,
    ],
    [
      'under a default without a key takes the AWS managed key',
      onObject('PutObject', {
        bucket: bucket({ defaultEncryption: { algorithm: 'aws:kms', isBucketKeyEnabled: false } }),
        keyAliases: managedAlias,
      }),
      [generate(OBJECT, { key: OTHER_KEY, context: { 'kms:RequestAlias': 'alias/aws/s3' } })],
      `${USER_GUIDE}UsingKMSEncryption.html`,
    ],
    [
      'under an alias ARN shows the alias without its ARN',
      onObject('PutObject', {
        bucket: kmsBucket(true, `arn:aws:kms:us-east-2:${OWN}:alias/vault`),
        keyAliases: { [`arn:aws:kms:us-east-2:${OWN}:alias/vault`]: KEY },
      }),
      [generate(BUCKET, { context: { 'kms:RequestAlias': 'alias/vault' } })],
      KMS_KEYS,
    ],
    [
      "under a bare key id takes the caller's key of that id",
      onObject('PutObject', { bucket: kmsBucket(true, KEY.split('/')[1]) }),
      [generate()],
      `${USER_GUIDE}specifying-kms-encryption.html`,
    ],
    [
      'adds what the caller adds to the encryption context',
      onObject('PutObject', {
        bucket: kmsBucket(),
        headers: { 'x-amz-server-side-encryption-context': asContext({ team: 'blue' }) },
      }),
      [
        generate(BUCKET, {
          context: { 'kms:EncryptionContext:team': 'blue', 'kms:EncryptionContextKeys': ['team', 'aws:s3:arn'] },
        }),
      ],
      `${USER_GUIDE}UsingKMSEncryption.html#encryption-context`,
    ],
    [
      'with the header AES256 asks KMS nothing, whatever the default',
      onObject('PutObject', { bucket: kmsBucket(), headers: { 'x-amz-server-side-encryption': 'AES256' } }),
      [],
      `${USER_GUIDE}bucket-encryption.html`,
    ],
    [
      'under a customer-provided key asks KMS nothing, whatever the default',
      onObject('PutObject', {
        bucket: kmsBucket(),
        headers: { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      }),
      [],
      `${USER_GUIDE}ServerSideEncryptionCustomerKeys.html`,
    ],
    [
      "in China goes through that partition's S3",
      onObject('PutObject', {
        partition: 'aws-cn',
        bucket: { ...kmsBucket(), region: 'cn-north-1' },
      }),
      [generate('arn:aws-cn:s3:::acme-vault', { context: { 'kms:ViaService': 's3.cn-north-1.amazonaws.com.cn' } })],
      KMS_KEYS,
    ],
    [
      "in GovCloud goes through S3 under the common partition's suffix",
      onObject('PutObject', { partition: 'aws-us-gov', bucket: { ...kmsBucket(), region: 'us-gov-west-1' } }),
      [
        generate('arn:aws-us-gov:s3:::acme-vault', {
          context: { 'kms:ViaService': 's3.us-gov-west-1.amazonaws.com' },
        }),
      ],
      KMS_KEYS,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(askedOfKms(facts)).toEqual(expected);
  });
});

describe('a stored object, a copy, an upload', () => {
  const object = { encryption: underKey };
  const other = { ...kmsBucket(), name: 'other', region: 'eu-west-1' };
  const headers = { 'x-amz-copy-source': 'other/a' };
  const inIreland = { context: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };

  test.each<Row>([
    ['GetObject decrypts', onObject('GetObject', { object }), [decrypt('object-key')], `${API}GetObject.html`],
    [
      'GetObject decrypts with the key that encrypted the object, not with today’s default',
      onObject('GetObject', {
        bucket: kmsBucket(true, OTHER_KEY),
        object: { encryption: { ...underKey, isBucketKeyEnabled: false, callerContext: { team: 'blue' } } },
      }),
      [
        decrypt('object-key', OBJECT, {
          context: { 'kms:EncryptionContext:team': 'blue', 'kms:EncryptionContextKeys': ['team', 'aws:s3:arn'] },
        }),
      ],
      `${USER_GUIDE}UsingKMSEncryption.html#encryption-context`,
    ],
    [
      'GetObject of an object under SSE-S3 asks KMS nothing',
      onObject('GetObject', { bucket: kmsBucket(), object: { encryption: sseS3 } }),
      [],
      `${API}GetObject.html`,
    ],
    [
      'GetObject of an object under a customer-provided key asks KMS nothing',
      onObject('GetObject', { object: { encryption: { kind: 'SSE-C' } } }),
      [],
      `${API}GetObject.html`,
    ],
    [
      'GetObject of a missing key asks KMS nothing',
      onObject('GetObject', { object: 'missing' }),
      [],
      `${API}GetObject.html`,
    ],
    ['HeadObject does not decrypt', onObject('HeadObject', { object }), [], `${API}HeadObject.html`],
    [
      'HeadObject decrypts for the checksum',
      onObject('HeadObject', { object, headers: { 'x-amz-checksum-mode': 'ENABLED' } }),
      [decrypt('object-key')],
      `${API}HeadObject.html`,
    ],
    [
      'GetObjectAttributes decrypts for the checksum',
      onObject('GetObjectAttributes', { object, headers: { 'x-amz-object-attributes': 'ETag, Checksum' } }),
      [decrypt('object-key')],
      `${API}GetObjectAttributes.html`,
    ],
    [
      'GetObjectAttributes does not decrypt for the size',
      onObject('GetObjectAttributes', { object, headers: { 'x-amz-object-attributes': 'ObjectSize' } }),
      [],
      `${API}GetObjectAttributes.html`,
    ],
    ['DeleteObject asks KMS nothing', onObject('DeleteObject', { object }), [], `${API}DeleteObject.html`],
    [
      'ListObjectsV2 asks KMS nothing',
      onBucket('ListObjectsV2', { bucket: kmsBucket() }),
      [],
      `${API}ListObjectsV2.html`,
    ],
    [
      'CopyObject decrypts the source in its region and takes a data key in this one',
      onObject('CopyObject', { bucket: kmsBucket(), headers, source: { bucket: other, object } }),
      [decrypt('source-key', 'arn:aws:s3:::other', inIreland), generate()],
      `${API}CopyObject.html`,
    ],
    [
      'CopyObject does not take over the encryption of the source',
      onObject('CopyObject', { headers, source: { bucket: other, object } }),
      [decrypt('source-key', 'arn:aws:s3:::other', inIreland)],
      `${API}CopyObject.html`,
    ],
    [
      'CreateMultipartUpload takes a data key',
      onObject('CreateMultipartUpload', { bucket: kmsBucket() }),
      [generate()],
      `${USER_GUIDE}mpuoverview.html#mpuAndPermissions`,
    ],
    ...['UploadPart', 'CompleteMultipartUpload', 'ListParts'].map(
      (operation): Row => [
        `${operation} decrypts what the upload began with`,
        onObject(operation, upload),
        [decrypt('upload-key')],
        `${USER_GUIDE}mpuoverview.html#mpuAndPermissions`,
      ],
    ),
    [
      'UploadPartCopy decrypts the source and the upload',
      onObject('UploadPartCopy', { ...upload, headers, source: { bucket: other, object } }),
      [decrypt('source-key', 'arn:aws:s3:::other', inIreland), decrypt('upload-key')],
      `${API}UploadPartCopy.html`,
    ],
    [
      'AbortMultipartUpload asks KMS nothing',
      onObject('AbortMultipartUpload', upload),
      [],
      `${API}AbortMultipartUpload.html`,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(askedOfKms(facts)).toEqual(expected);
  });
});

const { object: _object, ...withoutObject } = onObject('GetObject');

test.each<[claim: string, facts: S3RequestFacts, error: string]>([
  [
    'an unknown alias',
    onObject('PutObject', { headers: kmsHeader }),
    "the alias 'alias/aws/s3' must stand for a key, got: none\nGive its ARN in 'keyAliases'",
  ],
  [
    'a malformed key',
    onObject('PutObject', { headers: withKey('arn:aws:s3:::acme-vault') }),
    'a KMS key must have a key ARN, got: arn:aws:s3:::acme-vault',
  ],
  [
    'encryption that S3 does not know',
    onObject('PutObject', { headers: { 'x-amz-server-side-encryption': 'ROT13' } }),
    'encryption must be AES256, aws:kms or aws:kms:dsse, got: ROT13',
  ],
  [
    'reading an object about which nothing is known',
    withoutObject,
    "'GetObject' reads an object ('missing' if there is none), got: none\nAdd 'object' to the request's facts",
  ],
  [
    'a part of an upload about which nothing is known',
    onObject('UploadPart'),
    "'UploadPart' goes on with a multipart upload, got: none\nAdd 'upload' to the request's facts",
  ],
])('%s is an error', (_claim, facts, error) => {
  expect(() => questionsOf(facts)).toThrow(error);
});
