import { loadServices } from '../../lib/catalogue';
import {
  type AccessQuestionFacts,
  isRequired,
  KNOWN_OPERATIONS,
  questionsOf,
  type S3RequestFacts,
} from '../../lib/request-model';
import { CONDITION_KEYS_BY_ACTION } from '../../lib/request-model/condition-keys';
import { rulesOf } from '../../lib/request-model/questions-of';
import {
  ACTIONS,
  API,
  BUCKET,
  bucket,
  FOREIGN,
  OBJECT,
  OWN,
  onBucket,
  onObject,
  plainObject,
  s3Question,
  sseS3,
  USER_GUIDE,
} from './requests';

const SIGNATURES = 'https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html';

type Row = readonly [claim: string, facts: S3RequestFacts, expected: readonly AccessQuestionFacts[], page: string];

const version = 'v1';
const versionContext = { context: { 's3:versionid': version } };
const put = (context = {}) => s3Question('s3:PutObject', OBJECT, { context });
const creates = { 's3:ObjectCreationOperation': 'true' };
const prepares = { 's3:ObjectCreationOperation': 'false' };
const until = '2027-01-31T00:00:00Z';
const lock = { 'x-amz-object-lock-mode': 'GOVERNANCE', 'x-amz-object-lock-retain-until-date': until };
const lockContext = { 's3:object-lock-mode': 'GOVERNANCE', 's3:object-lock-retain-until-date': until };

describe('reading', () => {
  test.each<Row>([
    [
      'GetObject takes s3:GetObject',
      onObject('GetObject'),
      [s3Question('s3:GetObject', OBJECT)],
      `${API}GetObject.html`,
    ],
    [
      'HeadObject takes s3:GetObject',
      onObject('HeadObject'),
      [s3Question('s3:GetObject', OBJECT)],
      `${API}HeadObject.html`,
    ],
    [
      'GetObject of a version takes s3:GetObjectVersion and tells which',
      onObject('GetObject', { query: { versionId: version } }),
      [s3Question('s3:GetObjectVersion', OBJECT, versionContext)],
      `${API}GetObject.html`,
    ],
    [
      'the tags of the object are seen, and counting them is a question of its own',
      onObject('GetObject', { object: { encryption: sseS3, tags: { team: 'blue' } } }),
      [
        s3Question('s3:GetObject', OBJECT, { context: { 's3:ExistingObjectTag/team': 'blue' } }),
        s3Question('s3:GetObjectTagging', OBJECT, {
          step: 'told-tags',
          context: { 's3:ExistingObjectTag/team': 'blue' },
        }),
      ],
      `${USER_GUIDE}tagging-and-policies.html`,
    ],
    [
      'the tags of a version are counted by the right to that version',
      onObject('HeadObject', { query: { versionId: version }, object: { encryption: sseS3, tags: { team: 'blue' } } }),
      ['s3:GetObjectVersion', 's3:GetObjectVersionTagging'].map((action, index) =>
        s3Question(action, OBJECT, {
          step: index === 0 ? 'request' : 'told-tags',
          context: { 's3:ExistingObjectTag/team': 'blue', 's3:versionid': version },
        }),
      ),
      `${API}GetObject.html`,
    ],
    [
      'retention and legal hold are told to those who may read them',
      onObject('HeadObject', { object: { encryption: sseS3, hasRetention: true, hasLegalHold: true } }),
      [
        s3Question('s3:GetObject', OBJECT),
        s3Question('s3:GetObjectRetention', OBJECT, { step: 'told-retention' }),
        s3Question('s3:GetObjectLegalHold', OBJECT, { step: 'told-legal-hold' }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'a missing key is called missing to those who may list',
      onObject('GetObject', { object: 'missing' }),
      [s3Question('s3:GetObject', OBJECT), s3Question('s3:ListBucket', BUCKET, { step: 'told-missing' })],
      `${API}GetObject.html`,
    ],
    [
      'GetObjectAttributes takes two actions',
      onObject('GetObjectAttributes'),
      [s3Question('s3:GetObject', OBJECT), s3Question('s3:GetObjectAttributes', OBJECT)],
      `${API}GetObjectAttributes.html`,
    ],
    [
      'GetObjectAttributes of a version takes two others',
      onObject('GetObjectAttributes', { query: { versionId: version } }),
      [
        s3Question('s3:GetObjectVersion', OBJECT, versionContext),
        s3Question('s3:GetObjectVersionAttributes', OBJECT, versionContext),
      ],
      `${API}GetObjectAttributes.html`,
    ],
    ...(['Tagging', 'Acl'] as const).flatMap((name): Row[] => [
      [
        `GetObject${name} takes its own action`,
        onObject(`GetObject${name}`),
        [s3Question(`s3:GetObject${name}`, OBJECT)],
        ACTIONS,
      ],
      [
        `GetObject${name} of a version takes the version's action`,
        onObject(`GetObject${name}`, { query: { versionId: version } }),
        [s3Question(`s3:GetObjectVersion${name}`, OBJECT, versionContext)],
        ACTIONS,
      ],
    ]),
    ...(['Retention', 'LegalHold'] as const).map(
      (name): Row => [
        `GetObject${name} takes the same action for a version`,
        onObject(`GetObject${name}`, { query: { versionId: version } }),
        [s3Question(`s3:GetObject${name}`, OBJECT)],
        ACTIONS,
      ],
    ),
  ])('%s', (_claim, facts, expected) => {
    expect(questionsOf(facts)).toEqual(expected);
  });
});

describe('writing', () => {
  test.each<Row>([
    ['PutObject takes s3:PutObject and makes an object', onObject('PutObject'), [put(creates)], `${API}PutObject.html`],
    [
      'conditions do not see default encryption',
      onObject('PutObject', { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
      [put({ ...creates, 's3:x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })],
      SIGNATURES,
    ],
    [
      'encryption, storage class, redirect and write conditions are seen',
      onObject('PutObject', {
        headers: {
          'x-amz-server-side-encryption': 'AES256',
          'x-amz-storage-class': 'STANDARD_IA',
          'x-amz-website-redirect-location': '/elsewhere',
          'if-none-match': '*',
          'if-match': '"abc"',
        },
      }),
      [
        put({
          ...creates,
          's3:x-amz-server-side-encryption': 'AES256',
          's3:x-amz-storage-class': 'STANDARD_IA',
          's3:x-amz-website-redirect-location': '/elsewhere',
          's3:if-none-match': '*',
          's3:if-match': '"abc"',
        }),
        s3Question('s3:GetObject', OBJECT),
      ],
      `${USER_GUIDE}conditional-writes-enforce.html`,
    ],
    [
      'a customer-provided key is seen by its algorithm only',
      onObject('PutObject', {
        headers: {
          'x-amz-server-side-encryption-customer-algorithm': 'AES256',
          'x-amz-server-side-encryption-customer-key': 'c2VjcmV0',
          'x-amz-server-side-encryption-customer-key-md5': 'bWQ1',
        },
      }),
      [put({ ...creates, 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' })],
      `${USER_GUIDE}ServerSideEncryptionCustomerKeys.html`,
    ],
    [
      'tags in the header take s3:PutObjectTagging, and both see them',
      onObject('PutObject', { object: 'missing', headers: { 'x-amz-tagging': 'team=blue&cost=42' } }),
      ['s3:PutObject', 's3:PutObjectTagging'].map((action) =>
        s3Question(action, OBJECT, {
          context: {
            ...(action === 's3:PutObject' ? creates : {}),
            's3:RequestObjectTagKeys': ['team', 'cost'],
            's3:RequestObjectTag/team': 'blue',
            's3:RequestObjectTag/cost': '42',
          },
        }),
      ),
      `${USER_GUIDE}tagging-and-policies.html`,
    ],
    [
      'a canned ACL takes s3:PutObjectAcl',
      onObject('PutObject', { headers: { 'x-amz-acl': 'public-read' } }),
      [
        put({ ...creates, 's3:x-amz-acl': 'public-read' }),
        s3Question('s3:PutObjectAcl', OBJECT, { context: { 's3:x-amz-acl': 'public-read' } }),
      ],
      `${API}PutObject.html`,
    ],
    [
      'a grant header takes s3:PutObjectAcl',
      onObject('PutObject', { headers: { 'x-amz-grant-read': 'id=abc' } }),
      [
        put({ ...creates, 's3:x-amz-grant-read': 'id=abc' }),
        s3Question('s3:PutObjectAcl', OBJECT, { context: { 's3:x-amz-grant-read': 'id=abc' } }),
      ],
      `${API}PutObject.html`,
    ],
    [
      'retention headers take s3:PutObjectRetention, with the days that remain',
      onObject('PutObject', { headers: lock, receivedAt: new Date('2027-01-01T12:00:00Z') }),
      [
        put({ ...creates, ...lockContext, 's3:object-lock-remaining-retention-days': '30' }),
        s3Question('s3:PutObjectRetention', OBJECT, {
          context: { ...lockContext, 's3:object-lock-remaining-retention-days': '30' },
        }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'a legal-hold header takes s3:PutObjectLegalHold',
      onObject('PutObject', { headers: { 'x-amz-object-lock-legal-hold': 'ON' } }),
      [
        put({ ...creates, 's3:object-lock-legal-hold': 'ON' }),
        s3Question('s3:PutObjectLegalHold', OBJECT, { context: { 's3:object-lock-legal-hold': 'ON' } }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'a put does not see the tags of the object that it replaces',
      onObject('PutObject', { object: { encryption: sseS3, tags: { team: 'blue' } } }),
      [put(creates)],
      `${USER_GUIDE}tagging-and-policies.html`,
    ],
    [
      'PutObjectTagging sees the present tags and the new ones',
      onObject('PutObjectTagging', {
        object: { encryption: sseS3, tags: { team: 'blue' } },
        document: { tags: { team: 'red' } },
      }),
      [
        s3Question('s3:PutObjectTagging', OBJECT, {
          context: {
            's3:ExistingObjectTag/team': 'blue',
            's3:RequestObjectTagKeys': ['team'],
            's3:RequestObjectTag/team': 'red',
          },
        }),
      ],
      `${USER_GUIDE}tagging-and-policies.html`,
    ],
    [
      'PutObjectTagging of a version takes s3:PutObjectVersionTagging',
      onObject('PutObjectTagging', { query: { versionId: version }, document: { tags: {} } }),
      [
        s3Question('s3:PutObjectVersionTagging', OBJECT, {
          context: { 's3:versionid': version, 's3:RequestObjectTagKeys': [] },
        }),
      ],
      ACTIONS,
    ],
    [
      'PutObjectAcl takes s3:PutObjectAcl, whatever the ACL',
      onObject('PutObjectAcl', { headers: { 'x-amz-acl': 'private' } }),
      [s3Question('s3:PutObjectAcl', OBJECT, { context: { 's3:x-amz-acl': 'private' } })],
      ACTIONS,
    ],
    [
      'PutObjectAcl of a version takes s3:PutObjectVersionAcl',
      onObject('PutObjectAcl', { query: { versionId: version } }),
      [s3Question('s3:PutObjectVersionAcl', OBJECT, versionContext)],
      ACTIONS,
    ],
    [
      'PutObjectRetention sees what its document asks for',
      onObject('PutObjectRetention', {
        document: { retentionMode: 'COMPLIANCE', retainUntil: until },
        receivedAt: new Date('2027-01-30T00:00:00Z'),
      }),
      [
        s3Question('s3:PutObjectRetention', OBJECT, {
          context: {
            's3:object-lock-mode': 'COMPLIANCE',
            's3:object-lock-retain-until-date': until,
            's3:object-lock-remaining-retention-days': '1',
          },
        }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'shortening governance retention takes s3:BypassGovernanceRetention when the request asks for it',
      onObject('PutObjectRetention', {
        headers: { 'x-amz-bypass-governance-retention': 'true' },
        object: { encryption: sseS3, isUnderGovernance: true },
      }),
      [
        s3Question('s3:PutObjectRetention', OBJECT),
        s3Question('s3:BypassGovernanceRetention', OBJECT, { step: 'governance-bypass' }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'PutObjectLegalHold sees the hold of its document',
      onObject('PutObjectLegalHold', { document: { legalHold: 'OFF' } }),
      [s3Question('s3:PutObjectLegalHold', OBJECT, { context: { 's3:object-lock-legal-hold': 'OFF' } })],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(questionsOf(facts)).toEqual(expected);
  });
});

describe('deleting', () => {
  const bypassHeader = { 'x-amz-bypass-governance-retention': 'true' };
  const governed = { encryption: sseS3, isUnderGovernance: true };

  test.each<Row>([
    ['DeleteObject takes s3:DeleteObject', onObject('DeleteObject'), [s3Question('s3:DeleteObject', OBJECT)], ACTIONS],
    [
      'a delete of what is there, whatever it is, need not read it',
      onObject('DeleteObject', { headers: { 'if-match': '*' } }),
      [s3Question('s3:DeleteObject', OBJECT, { context: { 's3:if-match': '*' } })],
      `${USER_GUIDE}conditional-deletes.html`,
    ],
    [
      'an entry of a batch with an ETag is a conditional delete too',
      onBucket('DeleteObjects', { objects: [{ key: 'a', etag: 'abc' }] }),
      [
        s3Question('s3:DeleteObject', `${BUCKET}/a`, { step: 'batch-entry', context: { 's3:if-match': 'abc' } }),
        s3Question('s3:GetObject', `${BUCKET}/a`, { step: 'batch-entry' }),
      ],
      `${USER_GUIDE}conditional-delete-enforce.html`,
    ],
    [
      'a conditional delete shows its condition, and takes the right to read',
      onObject('DeleteObject', { headers: { 'if-match': '"abc"' } }),
      [
        s3Question('s3:DeleteObject', OBJECT, { context: { 's3:if-match': '"abc"' } }),
        s3Question('s3:GetObject', OBJECT),
      ],
      `${USER_GUIDE}conditional-deletes.html`,
    ],
    [
      'DeleteObject of a version takes s3:DeleteObjectVersion',
      onObject('DeleteObject', { query: { versionId: version } }),
      [s3Question('s3:DeleteObjectVersion', OBJECT, versionContext)],
      `${USER_GUIDE}DeletingObjectVersions.html`,
    ],
    [
      'a version under governance takes the bypass as well',
      onObject('DeleteObject', { query: { versionId: version }, headers: bypassHeader, object: governed }),
      [
        s3Question('s3:DeleteObjectVersion', OBJECT, versionContext),
        s3Question('s3:BypassGovernanceRetention', OBJECT, { step: 'governance-bypass' }),
      ],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'without the header the bypass is not asked about',
      onObject('DeleteObject', { query: { versionId: version }, object: governed }),
      [s3Question('s3:DeleteObjectVersion', OBJECT, versionContext)],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'the header alone takes nothing where nothing is held',
      onObject('DeleteObject', { headers: bypassHeader }),
      [s3Question('s3:DeleteObject', OBJECT)],
      `${USER_GUIDE}object-lock-managing.html`,
    ],
    [
      'DeleteObjects asks for each key and version by itself',
      onBucket('DeleteObjects', { objects: [{ key: 'a' }, { key: 'b', versionId: version }, { key: 'a' }] }),
      [
        s3Question('s3:DeleteObject', `${BUCKET}/a`, { step: 'batch-entry' }),
        s3Question('s3:DeleteObjectVersion', `${BUCKET}/b`, { step: 'batch-entry', ...versionContext }),
        s3Question('s3:DeleteObject', `${BUCKET}/a`, { step: 'batch-entry' }),
      ],
      `${API}DeleteObjects.html`,
    ],
    [
      'DeleteObjects asks about the bypass only for what is held',
      onBucket('DeleteObjects', {
        headers: bypassHeader,
        objects: [{ key: 'a' }, { key: 'b', versionId: version, object: governed }],
      }),
      [
        s3Question('s3:DeleteObject', `${BUCKET}/a`, { step: 'batch-entry' }),
        s3Question('s3:DeleteObjectVersion', `${BUCKET}/b`, { step: 'batch-entry', ...versionContext }),
        s3Question('s3:BypassGovernanceRetention', `${BUCKET}/b`, { step: 'governance-bypass' }),
      ],
      `${API}DeleteObjects.html`,
    ],
    ['an empty batch asks nothing', onBucket('DeleteObjects', { objects: [] }), [], `${API}DeleteObjects.html`],
    [
      'DeleteObjectTagging of a version sees its tags',
      onObject('DeleteObjectTagging', {
        query: { versionId: version },
        object: { encryption: sseS3, tags: { team: 'blue' } },
      }),
      [
        s3Question('s3:DeleteObjectVersionTagging', OBJECT, {
          context: { 's3:ExistingObjectTag/team': 'blue', 's3:versionid': version },
        }),
      ],
      ACTIONS,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(questionsOf(facts)).toEqual(expected);
  });
});

describe('copying and multipart uploads', () => {
  const fromOther = { bucket: bucket({ name: 'other' }), object: plainObject };
  const copyContext = { 's3:x-amz-copy-source': 'other/a%20b' };
  const headers = { 'x-amz-copy-source': '/other/a%20b' };
  const source = 'arn:aws:s3:::other/a b';
  const upload = { upload: { encryption: sseS3 }, query: { uploadId: 'u' } };

  test.each<Row>([
    [
      'CopyObject reads its source and writes its target',
      onObject('CopyObject', { headers, source: fromOther }),
      [put({ ...creates, ...copyContext }), s3Question('s3:GetObject', source, { step: 'copy-source' })],
      `${API}CopyObject.html`,
    ],
    [
      'a copy of a version reads that version',
      onObject('CopyObject', { headers: { 'x-amz-copy-source': 'other/a%20b?versionId=v1' }, source: fromOther }),
      [
        put({ ...creates, 's3:x-amz-copy-source': 'other/a%20b?versionId=v1' }),
        s3Question('s3:GetObjectVersion', source, { step: 'copy-source', ...versionContext }),
      ],
      `${API}CopyObject.html`,
    ],
    [
      'tags that are copied are read at the source and written at the target',
      onObject('CopyObject', {
        headers,
        source: { ...fromOther, object: { encryption: sseS3, tags: { team: 'blue' } } },
      }),
      [
        put({ ...creates, ...copyContext }),
        s3Question('s3:GetObject', source, { step: 'copy-source', context: { 's3:ExistingObjectTag/team': 'blue' } }),
        s3Question('s3:GetObjectTagging', source, {
          step: 'copied-tags',
          context: { 's3:ExistingObjectTag/team': 'blue' },
        }),
        s3Question('s3:PutObjectTagging', OBJECT, { step: 'copied-tags' }),
      ],
      `${API}CopyObject.html`,
    ],
    [
      'tags that are replaced are not read',
      onObject('CopyObject', {
        headers: { ...headers, 'x-amz-tagging-directive': 'REPLACE', 'x-amz-metadata-directive': 'REPLACE' },
        source: { ...fromOther, object: { encryption: sseS3, tags: { team: 'blue' } } },
      }),
      [
        put({ ...creates, ...copyContext, 's3:x-amz-metadata-directive': 'REPLACE' }),
        s3Question('s3:GetObject', source, { step: 'copy-source', context: { 's3:ExistingObjectTag/team': 'blue' } }),
      ],
      `${API}CopyObject.html`,
    ],
    [
      'a missing source is called missing to those who may list its bucket',
      onObject('CopyObject', { headers, source: { ...fromOther, object: 'missing' } }),
      [
        put({ ...creates, ...copyContext }),
        s3Question('s3:GetObject', source, { step: 'copy-source' }),
        s3Question('s3:ListBucket', 'arn:aws:s3:::other', { step: 'told-missing' }),
      ],
      `${API}CopyObject.html`,
    ],
    [
      'CreateMultipartUpload prepares an object, with its tags',
      onObject('CreateMultipartUpload', { headers: { 'x-amz-tagging': 'team=blue' } }),
      ['s3:PutObject', 's3:PutObjectTagging'].map((action) =>
        s3Question(action, OBJECT, {
          context: {
            ...(action === 's3:PutObject' ? prepares : {}),
            's3:RequestObjectTagKeys': ['team'],
            's3:RequestObjectTag/team': 'blue',
          },
        }),
      ),
      `${USER_GUIDE}mpuoverview.html`,
    ],
    [
      'UploadPart takes s3:PutObject and makes no object',
      onObject('UploadPart', upload),
      [put(prepares)],
      `${USER_GUIDE}mpuoverview.html`,
    ],
    [
      'UploadPartCopy reads its source as well',
      onObject('UploadPartCopy', { ...upload, headers, source: fromOther }),
      [put({ ...prepares, ...copyContext }), s3Question('s3:GetObject', source, { step: 'copy-source' })],
      `${API}UploadPartCopy.html`,
    ],
    [
      'CompleteMultipartUpload makes the object',
      onObject('CompleteMultipartUpload', { ...upload, headers: { 'if-none-match': '*' } }),
      [put({ ...creates, 's3:if-none-match': '*' })],
      `${USER_GUIDE}conditional-writes-enforce.html`,
    ],
    [
      'AbortMultipartUpload has an action of its own',
      onObject('AbortMultipartUpload', upload),
      [s3Question('s3:AbortMultipartUpload', OBJECT)],
      `${USER_GUIDE}mpuoverview.html`,
    ],
    [
      'ListParts takes s3:ListMultipartUploadParts',
      onObject('ListParts', upload),
      [s3Question('s3:ListMultipartUploadParts', OBJECT)],
      `${USER_GUIDE}mpuoverview.html`,
    ],
    [
      'ListMultipartUploads takes s3:ListBucketMultipartUploads, without a prefix to see',
      onBucket('ListMultipartUploads', { query: { prefix: 'org/' } }),
      [s3Question('s3:ListBucketMultipartUploads', BUCKET)],
      `${USER_GUIDE}mpuoverview.html`,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(questionsOf(facts)).toEqual(expected);
  });
});

describe('listing, buckets and the transport', () => {
  const listing = { query: { prefix: 'org/', delimiter: '/', 'max-keys': '10', 'list-type': '2' } };
  const listed = { context: { 's3:prefix': 'org/', 's3:delimiter': '/', 's3:max-keys': '10' } };

  test.each<Row>([
    [
      'ListObjectsV2 shows prefix, delimiter and max-keys',
      onBucket('ListObjectsV2', listing),
      [s3Question('s3:ListBucket', BUCKET, listed)],
      `${USER_GUIDE}amazon-s3-policy-keys.html`,
    ],
    [
      'ListObjects shows the same',
      onBucket('ListObjects', listing),
      [s3Question('s3:ListBucket', BUCKET, listed)],
      ACTIONS,
    ],
    [
      'ListObjectVersions shows the same to its own action',
      onBucket('ListObjectVersions', listing),
      [s3Question('s3:ListBucketVersions', BUCKET, listed)],
      ACTIONS,
    ],
    [
      'an empty prefix is present, not missing',
      onBucket('ListObjectsV2', { query: { prefix: '' } }),
      [s3Question('s3:ListBucket', BUCKET, { context: { 's3:prefix': '' } })],
      ACTIONS,
    ],
    [
      'HeadBucket takes s3:ListBucket without a prefix',
      onBucket('HeadBucket'),
      [s3Question('s3:ListBucket', BUCKET)],
      ACTIONS,
    ],
    [
      'ListBuckets is asked for every bucket of the caller',
      (({ bucket: _bucket, ...facts }) => facts)(onBucket('ListBuckets')),
      [s3Question('s3:ListAllMyBuckets', 'arn:aws:s3:::*')],
      ACTIONS,
    ],
    [
      'CreateBucket takes an action for each thing that it sets',
      onBucket('CreateBucket', {
        headers: {
          'x-amz-object-ownership': 'ObjectWriter',
          'x-amz-bucket-object-lock-enabled': 'true',
          'x-amz-acl': 'public-read',
        },
        document: { locationConstraint: 'us-east-2', tags: { team: 'blue' } },
      }),
      [
        s3Question('s3:PutBucketOwnershipControls', BUCKET),
        s3Question('s3:PutBucketObjectLockConfiguration', BUCKET),
        s3Question('s3:PutBucketVersioning', BUCKET),
        s3Question('s3:CreateBucket', BUCKET, {
          context: {
            's3:x-amz-object-ownership': 'ObjectWriter',
            's3:x-amz-acl': 'public-read',
            's3:locationconstraint': 'us-east-2',
            'aws:TagKeys': ['team'],
            'aws:RequestTag/team': 'blue',
          },
        }),
        s3Question('s3:TagResource', BUCKET, { context: { 'aws:TagKeys': ['team'], 'aws:RequestTag/team': 'blue' } }),
        s3Question('s3:PutBucketAcl', BUCKET, { context: { 's3:x-amz-acl': 'public-read' } }),
      ],
      `${API}CreateBucket.html`,
    ],
    [
      'CreateBucket alone takes one action, even with the ACL that every bucket has and a lock that is declined',
      onBucket('CreateBucket', { headers: { 'x-amz-acl': 'private', 'x-amz-bucket-object-lock-enabled': 'false' } }),
      [s3Question('s3:CreateBucket', BUCKET, { context: { 's3:x-amz-acl': 'private' } })],
      `${API}CreateBucket.html`,
    ],
    [
      'UntagResource shows the keys that are removed',
      onBucket('UntagResource', { query: { tagKeys: 'team,cost' } }),
      [s3Question('s3:UntagResource', BUCKET, { context: { 'aws:TagKeys': ['team', 'cost'] } })],
      ACTIONS,
    ],
    [
      'a presigned request shows how and when it was signed',
      onObject('GetObject', {
        query: { 'X-Amz-Date': '20270101T000000Z' },
        transport: { isSecure: true, tlsVersion: '1.2', authType: 'REST-QUERY-STRING' },
        receivedAt: new Date('2027-01-01T00:00:30Z'),
      }),
      [
        s3Question('s3:GetObject', OBJECT, {
          context: { 's3:TlsVersion': '1.2', 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': '30000' },
        }),
      ],
      SIGNATURES,
    ],
  ])('%s', (_claim, facts, expected) => {
    expect(questionsOf(facts)).toEqual(expected);
  });

  test('an unsigned request without TLS carries neither a signature nor a TLS version', () => {
    const { callerAccount: _callerAccount, ...facts } = onObject('GetObject', { transport: { isSecure: false } });
    expect(questionsOf(facts).map(({ context }) => context)).toEqual([
      {
        'aws:ResourceAccount': OWN,
        's3:ResourceAccount': OWN,
        'aws:SecureTransport': 'false',
        'aws:ViaAWSService': 'false',
      },
    ]);
  });

  test("a bucket of another account is its owner's, and ARNs follow the partition", () => {
    const [question] = questionsOf(
      onObject('GetObject', { partition: 'aws-cn', bucket: bucket({ account: FOREIGN, region: 'cn-north-1' }) }),
    );
    expect(question).toMatchObject({
      resource: 'arn:aws-cn:s3:::acme-vault/org/file.csv',
      resourceAccount: FOREIGN,
      context: { 'aws:ResourceAccount': FOREIGN, 's3:ResourceAccount': FOREIGN },
    });
  });

  test.each(
    `GetBucketAcl GetBucketAcl, GetBucketCors GetBucketCORS, DeleteBucketCors PutBucketCORS,
    GetBucketEncryption GetEncryptionConfiguration, PutBucketEncryption PutEncryptionConfiguration,
    DeleteBucketEncryption PutEncryptionConfiguration, GetBucketLifecycleConfiguration GetLifecycleConfiguration,
    PutBucketLifecycleConfiguration PutLifecycleConfiguration, DeleteBucketLifecycle PutLifecycleConfiguration,
    GetBucketLocation GetBucketLocation, GetBucketLogging GetBucketLogging, PutBucketLogging PutBucketLogging,
    GetBucketPolicy GetBucketPolicy, PutBucketPolicy PutBucketPolicy, DeleteBucketPolicy DeleteBucketPolicy,
    GetBucketPolicyStatus GetBucketPolicyStatus, GetBucketReplication GetReplicationConfiguration,
    DeleteBucketReplication PutReplicationConfiguration, DeleteBucketTagging PutBucketTagging,
    GetBucketVersioning GetBucketVersioning, PutBucketVersioning PutBucketVersioning,
    DeleteBucketWebsite DeleteBucketWebsite, GetObjectLockConfiguration GetBucketObjectLockConfiguration,
    PutObjectLockConfiguration PutBucketObjectLockConfiguration, GetPublicAccessBlock GetBucketPublicAccessBlock,
    PutPublicAccessBlock PutBucketPublicAccessBlock, DeletePublicAccessBlock PutBucketPublicAccessBlock,
    DeleteBucketOwnershipControls PutBucketOwnershipControls, DeleteBucket DeleteBucket,
    GetBucketAccelerateConfiguration GetAccelerateConfiguration,
    PutBucketNotificationConfiguration PutBucketNotification, GetBucketRequestPayment GetBucketRequestPayment,
    DeleteBucketInventoryConfiguration PutInventoryConfiguration,
    ListBucketMetricsConfigurations GetMetricsConfiguration`
      .split(',')
      .map((row) => row.trim().split(' ')),
  )('%s takes s3:%s on the bucket', (operation, action) => {
    expect(questionsOf(onBucket(String(operation)))).toEqual([s3Question(`s3:${action}`, BUCKET)]);
  });
});

describe('PutBucketReplication', () => {
  const replicate = s3Question('s3:PutReplicationConfiguration', BUCKET);
  const role = 'arn:aws:iam::444455556666:role/replicate';

  test('takes an action on the bucket, and passing on the role in its body', () => {
    const document = { replicationRole: { arn: role, tags: { team: 'backup' } } };
    const [, pass, ...others] = questionsOf(onBucket('PutBucketReplication', { document }));
    expect([pass?.action, pass?.resource, pass?.resourceAccount, pass?.bucketName, others]).toEqual([
      'iam:PassRole',
      role,
      '444455556666',
      undefined,
      [],
    ]);
    expect(pass?.context).toMatchObject({
      'iam:PassedToService': 's3.amazonaws.com',
      'aws:ResourceTag/team': 'backup',
      'iam:ResourceTag/team': 'backup',
    });
  });

  test('passes on no role where its body names none', () => {
    expect(questionsOf(onBucket('PutBucketReplication'))).toEqual([replicate]);
  });
});

test.each<[claim: string, facts: S3RequestFacts, error: string]>([
  [
    'an unknown operation',
    onBucket('HeadBuckets'),
    "'operation' must be an S3 operation that is known here, got: HeadBuckets\nUse AWS's name for it",
  ],
  [
    'an operation on objects without a key',
    onBucket('GetObject'),
    "'GetObject' is for an object, got: none\nAdd 'key' to the request's facts",
  ],
  [
    'a copy without facts about its source',
    onObject('CopyObject', { headers: { 'x-amz-copy-source': 'a/b' } }),
    "'CopyObject' copies from a source, got: none\nAdd 'source' to the request's facts",
  ],
  [
    'a copy whose header names another bucket than its facts',
    onObject('CopyObject', { headers: { 'x-amz-copy-source': 'a/b' }, source: { bucket: bucket() } }),
    "'x-amz-copy-source' must name a key of the source bucket 'acme-vault', as bucket/key, got: a/b",
  ],
  [
    'a batch without its entries',
    onBucket('DeleteObjects'),
    "'DeleteObjects' deletes what its body names, got: none\nAdd 'objects' to the request's facts",
  ],
])('%s is an error', (_claim, facts, error) => {
  expect(() => questionsOf(facts)).toThrow(error);
});

test('a denied permission that only adds to the answer does not refuse the request', () => {
  const object = { encryption: sseS3, tags: { team: 'blue' } };
  expect(questionsOf(onObject('GetObject', { object })).map(isRequired)).toEqual([true, false]);
});

describe("AWS's own list of actions", () => {
  const everyRule = KNOWN_OPERATIONS.flatMap((operation) => rulesOf(operation));
  const actions = [...new Set(everyRule.flatMap(({ action, versionAction }) => [action, versionAction ?? action]))];
  // Keys of what is not modelled: event holds, annotations, bucket namespaces, what documents of configurations say.
  const notModelled =
    /event-hold|annotation|bucket-namespace|InventoryAccessible|isReplicationPause|AssociatedResourceArn/;
  const everyAction =
    /^s3:(AccessPoint|AccessGrants|DataAccessPoint|BucketTag|authType|ResourceAccount|signature|TlsVersion|x-amz-content-sha256)|^(aws|iam):ResourceTag/;

  test('it has every action of every operation, on the resource that it is asked for', async () => {
    const { tryFind } = await loadServices(['s3', 'iam']);
    const misplaced = everyRule.filter(({ action, versionAction, on }) => {
      const types = {
        bucket: 'bucket',
        'source-bucket': 'bucket',
        'passed-role': 'role',
        'access-point': 'accesspoint',
      };
      const type = { ...types }[String(on)] ?? 'object';
      return [action, versionAction ?? action].some((name) => {
        const types = tryFind(name)?.resourceTypes.map((resource) => resource.name);
        return on === 'every-bucket' ? types?.length !== 0 : !types?.includes(type);
      });
    });
    expect(misplaced).toEqual([]);
  });

  test('it lists the same condition keys for each action', async () => {
    const { tryFind } = await loadServices(['s3', 'iam']);
    const listed = actions.map((action) => [action, ownKeys(tryFind(action)?.conditionKeys ?? [])]);
    const modelled = actions.map((action) => [
      action,
      ownKeys((CONDITION_KEYS_BY_ACTION[action] ?? []).flatMap(({ keys }) => keys)),
    ]);
    expect(modelled).toEqual(listed);
  });

  function ownKeys(keys: readonly string[]): readonly string[] {
    return [...new Set(keys)].filter((key) => !everyAction.test(key) && !notModelled.test(key)).sort();
  }
});
