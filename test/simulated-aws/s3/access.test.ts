import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { KNOWN_OPERATIONS } from '../../../lib/request-model';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { ROUTES } from '../../../lib/simulated-aws/s3/routes';
import { Account, allowAll, failure, outcome, type Statement } from './account';

const Bucket = 'acme-backup';
const Key = 'data/1';
const bucketArn = `arn:aws:s3:::${Bucket}`;
const objectArn = `${bucketArn}/${Key}`;

let account: Account;
let admin: S3Client;

beforeEach(async () => {
  account = new Account();
  admin = account.s3();
  importBucket(account.state, Bucket);
  await admin.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', Tagging: 'kind=report' }));
});

type Command = Parameters<S3Client['send']>[0];

const send = (client: S3Client, command: unknown): Promise<unknown> => client.send(command as Command);

const allow = (Action: string | readonly string[], Resource: string | readonly string[], Condition?: unknown) =>
  ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) }) as Statement;

const putPolicy = (...statements: readonly Statement[]) =>
  admin.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  );

const put = (input: object = {}) => new PutObjectCommand({ Bucket, Key, Body: 'x', ...input });

test.each<[title: string, command: () => unknown, actions: readonly string[]]>([
  ['ListBuckets', () => new ListBucketsCommand({}), ['s3:ListAllMyBuckets']],
  ['HeadBucket', () => new HeadBucketCommand({ Bucket }), ['s3:ListBucket']],
  ['ListObjectsV2', () => new ListObjectsV2Command({ Bucket }), ['s3:ListBucket']],
  ['ListObjectVersions', () => new ListObjectVersionsCommand({ Bucket }), ['s3:ListBucketVersions']],
  ['GetObject', () => new GetObjectCommand({ Bucket, Key }), ['s3:GetObject', 's3:GetObjectTagging']],
  [
    'GetObject of a version',
    () => new GetObjectCommand({ Bucket, Key, VersionId: 'null' }),
    ['s3:GetObjectVersion', 's3:GetObjectVersionTagging'],
  ],
  ['PutObject', () => put(), ['s3:PutObject']],
  ['PutObject with tags', () => put({ Tagging: 'a=b' }), ['s3:PutObject', 's3:PutObjectTagging']],
  ['PutObject with an ACL', () => put({ ACL: 'bucket-owner-full-control' }), ['s3:PutObject', 's3:PutObjectAcl']],
  ['DeleteObject', () => new DeleteObjectCommand({ Bucket, Key }), ['s3:DeleteObject']],
  [
    'DeleteObject of a version',
    () => new DeleteObjectCommand({ Bucket, Key, VersionId: 'null' }),
    ['s3:DeleteObjectVersion'],
  ],
  [
    'DeleteObjects',
    () => new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }, { Key, VersionId: 'null' }] } }),
    ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  ],
  [
    'CopyObject',
    () => new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` }),
    ['s3:PutObject', 's3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
  ],
  [
    'GetObjectAttributes',
    () => new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ETag'] }),
    ['s3:GetObject', 's3:GetObjectAttributes'],
  ],
  [
    'CreateBucket with tags, Object Lock, ownership and an ACL',
    () =>
      new CreateBucketCommand({
        Bucket: 'acme-new',
        ObjectLockEnabledForBucket: true,
        ObjectOwnership: 'ObjectWriter',
        ACL: 'bucket-owner-full-control' as 'private',
        CreateBucketConfiguration: { LocationConstraint: 'us-east-2', Tags: [{ Key: 'a', Value: 'b' }] },
      }),
    [
      's3:PutBucketOwnershipControls',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketVersioning',
      's3:CreateBucket',
      's3:TagResource',
      's3:PutBucketAcl',
    ],
  ],
  ['CreateMultipartUpload', () => new CreateMultipartUploadCommand({ Bucket, Key }), ['s3:PutObject']],
  ['GetObjectTagging', () => new GetObjectTaggingCommand({ Bucket, Key }), ['s3:GetObjectTagging']],
])('%s asks for the actions that AWS documents', async (_title, command, actions) => {
  await send(admin, command());
  expect(account.lastDecisions()).toEqual(actions.map((action) => `${action} allowed`));
});

test.each<[title: string, statements: readonly Statement[], command: () => unknown, result: string]>([
  ['nothing is allowed without a statement', [], () => put(), 'AccessDenied'],
  ['an object action on the object', [allow('s3:PutObject', objectArn)], () => put(), 'ok'],
  ['an object action on the bucket alone', [allow('s3:PutObject', bucketArn)], () => put(), 'AccessDenied'],
  ['another key', [allow('s3:PutObject', `${bucketArn}/other/*`)], () => put(), 'AccessDenied'],
  [
    'listing under the prefix of the condition',
    [allow('s3:ListBucket', bucketArn, { StringLike: { 's3:prefix': 'data/*' } })],
    () => new ListObjectsV2Command({ Bucket, Prefix: 'data/x' }),
    'ok',
  ],
  [
    'listing without a prefix leaves s3:prefix absent',
    [allow('s3:ListBucket', bucketArn, { StringLike: { 's3:prefix': '*' } })],
    () => new ListObjectsV2Command({ Bucket }),
    'AccessDenied',
  ],
  [
    'tags of the request',
    [allow(['s3:PutObject', 's3:PutObjectTagging'], objectArn, { StringEquals: { 's3:RequestObjectTag/a': 'b' } })],
    () => put({ Tagging: 'a=b' }),
    'ok',
  ],
  [
    'tags in the document',
    [allow('s3:PutObjectTagging', objectArn, { 'ForAllValues:StringEquals': { 's3:RequestObjectTagKeys': ['a'] } })],
    () => new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'b', Value: '' }] } }),
    'AccessDenied',
  ],
  [
    'tags and region of a new bucket',
    [
      allow(['s3:CreateBucket', 's3:TagResource'], '*', {
        StringEquals: { 's3:LocationConstraint': 'us-east-2', 'aws:RequestTag/a': 'b' },
      }),
    ],
    () =>
      new CreateBucketCommand({
        Bucket: 'acme-new',
        CreateBucketConfiguration: { LocationConstraint: 'us-east-2', Tags: [{ Key: 'a', Value: 'b' }] },
      }),
    'AccessDenied',
  ],
  [
    'the source of a copy',
    [allow('s3:*', '*', { StringLikeIfExists: { 's3:x-amz-copy-source': `${Bucket}/other/*` } })],
    () => new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `/${Bucket}/${Key}` }),
    'AccessDenied',
  ],
  [
    'other tags than those of the object',
    [allow('s3:GetObject', objectArn, { StringEquals: { 's3:ExistingObjectTag/kind': 'secret' } })],
    () => new GetObjectCommand({ Bucket, Key }),
    'AccessDenied',
  ],
  [
    'tags of the object, which deleting does not see',
    [allow('s3:DeleteObject', objectArn, { StringEquals: { 's3:ExistingObjectTag/kind': 'report' } })],
    () => new DeleteObjectCommand({ Bucket, Key }),
    'AccessDenied',
  ],
  [
    'the list of buckets, granted in the form that AWS documents',
    [allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')],
    () => new ListBucketsCommand({}),
    'ok',
  ],
  [
    'the version that is named',
    [allow('s3:GetObjectVersion', objectArn, { StringEquals: { 's3:VersionId': 'null' } })],
    () => new GetObjectCommand({ Bucket, Key, VersionId: 'null' }),
    'ok',
  ],
  [
    'a missing key is revealed only to callers who may list',
    [allow('s3:GetObject', `${bucketArn}/*`)],
    () => new GetObjectCommand({ Bucket, Key: 'missing' }),
    'AccessDenied',
  ],
  [
    'a missing key is called missing to callers who may list',
    [allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::*'])],
    () => new GetObjectCommand({ Bucket, Key: 'missing' }),
    'NoSuchKey',
  ],
  [
    'a right to list one prefix does not reveal a missing key',
    [allow('s3:GetObject', '*'), allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': 'data/*' } })],
    () => new GetObjectCommand({ Bucket, Key: 'data/missing' }),
    'AccessDenied',
  ],
  ['tags need their own right', [allow('s3:PutObject', objectArn)], () => put({ Tagging: 'a=b' }), 'AccessDenied'],
  [
    'an ACL needs its own right before it is refused as such',
    [allow('s3:PutObject', objectArn)],
    () => put({ ACL: 'public-read' }),
    'AccessDenied',
  ],
  [
    'an ACL is refused under BucketOwnerEnforced',
    [allowAll],
    () => put({ ACL: 'public-read' }),
    'AccessControlListNotSupported',
  ],
  ['a missing bucket is missing to anyone', [], () => new HeadBucketCommand({ Bucket: 'nowhere-at-all' }), 'NotFound'],
])('%s', async (_title, statements, command, result) => {
  expect(await outcome(send(account.s3(statements), command()))).toBe(result);
});

describe('a bucket policy that denies any key but the wanted one', () => {
  const wanted = 'arn:aws:kms:us-east-2:111122223333:key/11111111-2222-4333-8444-555555555555';
  const other = 'arn:aws:kms:us-east-2:111122223333:key/99999999-2222-4333-8444-555555555555';
  const keyId = 's3:x-amz-server-side-encryption-aws-kms-key-id';

  test.each([
    [{ StringNotEquals: { [keyId]: wanted } }, { right: 'passes', wrong: 'denied', none: 'denied' }],
    [{ StringNotEqualsIfExists: { [keyId]: wanted } }, { right: 'passes', wrong: 'denied', none: 'denied' }],
    [
      { StringNotEquals: { [keyId]: wanted }, Null: { [keyId]: 'false' } },
      { right: 'passes', wrong: 'denied', none: 'passes' },
    ],
    [
      { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      { right: 'passes', wrong: 'passes', none: 'denied' },
    ],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { right: 'passes', wrong: 'passes', none: 'passes' }],
    [{ NumericLessThan: { 's3:TlsVersion': '1.2' } }, { right: 'passes', wrong: 'passes', none: 'passes' }],
    [
      { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
      { right: 'passes', wrong: 'passes', none: 'passes' },
    ],
  ])('%j is evaluated before default encryption is applied', async (Condition, expected) => {
    await putPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${bucketArn}/*`, Condition });
    const upload = async (SSEKMSKeyId?: string) => {
      const headers = SSEKMSKeyId === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId };
      await outcome(send(admin, put(headers)));
      return account.lastDecisions()[0]?.includes('explicitly-denied') ? 'denied' : 'passes';
    };
    expect({ right: await upload(wanted), wrong: await upload(other), none: await upload() }).toEqual(expected);
  });

  test('plain HTTP is denied, even to an administrator', async () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    const Resource = [bucketArn, `${bucketArn}/*`];
    await putPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, Condition });
    const plain = account.s3([allowAll], { isSecure: false });
    expect(await failure(send(plain, new GetObjectCommand({ Bucket, Key })))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:sts::111122223333:assumed-role/role-2/session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-backup/data/1" with an explicit deny in a resource-based policy',
    });
    expect(await outcome(send(admin, new GetObjectCommand({ Bucket, Key })))).toBe('ok');
  });
});

describe('a condition about how a request came', () => {
  const get = () => new GetObjectCommand({ Bucket, Key });
  const how = {
    signed: async () => (await outcome(send(admin, get()))) === 'ok',
    plain: async () => (await outcome(send(account.s3([allowAll], { isSecure: false }), get()))) === 'ok',
    presigned: async () => {
      const target = account.presigned('GET', `/${Bucket}/${Key}`);
      return account.anonymous('GET', target).status === 200;
    },
    anonymous: async () => account.anonymous('GET', `/${Bucket}/${Key}`).status === 200,
  };

  test.each<{ Condition: object; denied: readonly string[] }>([
    { Condition: { NumericEquals: { 's3:TlsVersion': '1.3' } }, denied: ['signed', 'presigned', 'anonymous'] },
    { Condition: { StringEquals: { 's3:authType': 'REST-HEADER' } }, denied: ['signed', 'plain'] },
    { Condition: { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } }, denied: ['presigned'] },
    { Condition: { Null: { 's3:authType': 'true' } }, denied: ['anonymous'] },
    { Condition: { NumericLessThan: { 's3:signatureAge': '60000' } }, denied: ['signed', 'plain', 'presigned'] },
  ])('$Condition denies $denied alone', async ({ Condition, denied }) => {
    const onObjects = { Principal: '*', Action: 's3:GetObject', Resource: `${bucketArn}/*` };
    await admin.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await putPolicy({ Effect: 'Allow', ...onObjects }, { Effect: 'Deny', ...onObjects, Condition });
    const seen: string[] = [];
    for (const [name, passes] of Object.entries(how)) if (!(await passes())) seen.push(name);
    expect(seen).toEqual(denied);
  });

  test('the tags of the version that is asked for decide', async () => {
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await admin.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { VersionId } = await admin.send(put({ Tagging: 'kind=report' }));
    await admin.send(put());
    const reader = account.s3([
      allow('s3:GetObjectVersion', objectArn, { StringEquals: { 's3:ExistingObjectTag/kind': 'report' } }),
    ]);
    expect(await outcome(send(reader, new GetObjectCommand({ Bucket, Key, VersionId })))).toBe('ok');
  });
});

test('create-only uploads are told from overwrites, and parts from objects', async () => {
  await putPolicy({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*`,
    Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  });
  expect([
    await outcome(send(admin, put({ Key: 'new' }))),
    await outcome(send(admin, put({ Key: 'new', IfNoneMatch: '*' }))),
    await outcome(send(admin, new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }))),
  ]).toEqual(['AccessDenied', 'ok', 'ok']);
});

describe('public access', () => {
  const everyone: Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucketArn}/*` };

  test('an anonymous request gets 403 and learns nothing', () => {
    expect(account.anonymous('GET', `/${Bucket}/${Key}`)).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>AccessDenied</Code><Message>Access Denied</Message>'),
    });
  });

  test('a public policy is refused under BlockPublicPolicy', async () => {
    expect(await outcome(putPolicy(everyone))).toBe('AccessDenied');
  });

  test('without the block a public policy lets anyone read, and no more', async () => {
    await admin.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await putPolicy(everyone);
    expect([
      account.anonymous('GET', `/${Bucket}/${Key}`).status,
      account.anonymous('PUT', `/${Bucket}/${Key}`, {}, 'x').status,
    ]).toEqual([200, 403]);
  });

  test('RestrictPublicBuckets takes the grants from anonymous callers and leaves them to the account', async () => {
    await admin.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await putPolicy(everyone);
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await admin.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    expect([
      account.anonymous('GET', `/${Bucket}/${Key}`).status,
      await outcome(send(account.s3([]), new GetObjectCommand({ Bucket, Key }))),
    ]).toEqual([403, 'ok']);
  });
});

test('a role in a bucket policy has to exist, and a new role of the same name is another', async () => {
  const reader = account.s3([]);
  const grant = (name: string): Statement => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::111122223333:role/${name}` },
    Action: 's3:GetObject',
    Resource: `${bucketArn}/*`,
  });
  expect(await outcome(putPolicy(grant('nobody')))).toBe('MalformedPolicy');
  const [name = ''] = [...account.state.iam.roles.keys()].slice(-1);
  await putPolicy(grant(name));
  const before = await outcome(send(reader, new GetObjectCommand({ Bucket, Key })));
  account.recreateRole(name);
  const { Policy } = await admin.send(new GetBucketPolicyCommand({ Bucket }));
  expect([before, await outcome(send(reader, new GetObjectCommand({ Bucket, Key }))), Policy]).toEqual([
    'ok',
    'AccessDenied',
    expect.stringContaining(`"AWS":"AROA${name}"`),
  ]);
});

test('HeadBucket reveals the region even to a refused caller', async () => {
  expect(account.anonymous('HEAD', `/${Bucket}`)).toMatchObject({
    status: 403,
    body: '',
    headers: { 'x-amz-bucket-region': 'us-east-2' },
  });
});

test('access is decided before a document is looked at', async () => {
  const LifecycleConfiguration = { Rules: [{ Status: 'Sometimes' as 'Enabled' }] };
  const command = () => new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration });
  expect([await outcome(send(account.s3([]), command())), await outcome(send(admin, command()))]).toEqual([
    'AccessDenied',
    'MalformedXML',
  ]);
});

test('the root user keeps access to the bucket policy, whatever it denies, and to nothing else', async () => {
  const denied = ['s3:GetBucketPolicy', 's3:DeleteBucketPolicy', 's3:GetBucketVersioning'];
  await putPolicy({ Effect: 'Deny', Principal: '*', Action: denied, Resource: bucketArn });
  expect([
    await outcome(send(admin, new GetBucketPolicyCommand({ Bucket }))),
    account.asRoot('GET', `/${Bucket}?versioning`),
    account.asRoot('GET', `/${Bucket}?policy`),
    account.asRoot('DELETE', `/${Bucket}?policy`),
  ]).toEqual(['AccessDenied', 'AccessDenied', 'ok', 'ok']);
});

describe('SSE-KMS', () => {
  let keyArn: string;

  beforeEach(async () => {
    const created = await account.kms().send(new CreateKeyCommand({}));
    keyArn = created.KeyMetadata?.Arn ?? '';
  });

  const useDefaultKey = (BucketKeyEnabled: boolean) =>
    admin.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
              BucketKeyEnabled,
            },
          ],
        },
      }),
    );

  const s3Everything = allow('s3:*', '*');
  const read = () => new GetObjectCommand({ Bucket, Key });

  test.each<[title: string, kms: readonly string[], results: object]>([
    ['neither key right', [], { put: 'AccessDenied', get: 'AccessDenied', head: 'ok', create: 'AccessDenied' }],
    ['GenerateDataKey', ['kms:GenerateDataKey'], { put: 'ok', get: 'AccessDenied', head: 'ok', create: 'ok' }],
    ['Decrypt', ['kms:Decrypt'], { put: 'AccessDenied', get: 'ok', head: 'ok', create: 'AccessDenied' }],
  ])('the caller needs its own right on the key: %s', async (_title, actions, results) => {
    await useDefaultKey(true);
    await admin.send(put());
    const client = account.s3([s3Everything, ...actions.map((action) => allow(action, keyArn))]);
    expect({
      put: await outcome(send(client, put({ Key: 'new' }))),
      get: await outcome(send(client, read())),
      head: await outcome(send(client, new HeadObjectCommand({ Bucket, Key }))),
      create: await outcome(send(client, new CreateMultipartUploadCommand({ Bucket, Key: 'm' }))),
    }).toEqual(results);
  });

  test('a multipart upload needs Decrypt from its first part on', async () => {
    await useDefaultKey(true);
    const writer = account.s3([s3Everything, allow('kms:GenerateDataKey', keyArn)]);
    const { UploadId } = await writer.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm' }));
    const part = () => new UploadPartCommand({ Bucket, Key: 'm', UploadId, PartNumber: 1, Body: 'x' });
    expect(await failure(send(writer, part()))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('kms:Decrypt'),
    });
    const { ETag } = await admin.send(part());
    const complete = () =>
      new CompleteMultipartUploadCommand({
        Bucket,
        Key: 'm',
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      });
    expect([await outcome(send(writer, complete())), await outcome(send(admin, complete()))]).toEqual([
      'AccessDenied',
      'ok',
    ]);
  });

  test.each([
    [true, bucketArn, 'ok'],
    [true, `${bucketArn}/*`, 'AccessDenied'],
    [false, bucketArn, 'AccessDenied'],
    [false, objectArn, 'ok'],
  ])('with bucket key %s, the context %s is %s', async (isBucketKeyEnabled, context, result) => {
    await useDefaultKey(isBucketKeyEnabled);
    const Condition = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': context } };
    const client = account.s3([s3Everything, allow('kms:GenerateDataKey', keyArn, Condition)]);
    expect(await outcome(send(client, put()))).toBe(result);
  });

  test('two layers are bound to the object, whatever the bucket says about bucket keys', async () => {
    await useDefaultKey(true);
    const dualLayer = { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn } as const;
    const inContext = (context: string) =>
      account.s3([
        s3Everything,
        allow('kms:*', keyArn, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': context } }),
      ]);
    const [right, wrong] = [inContext(objectArn), inContext(bucketArn)];
    expect([
      await outcome(send(wrong, put(dualLayer))),
      await outcome(send(right, put(dualLayer))),
      await outcome(send(wrong, read())),
    ]).toEqual(['AccessDenied', 'ok', 'AccessDenied']);
    const { BucketKeyEnabled, ...described } = await right.send(read());
    expect([BucketKeyEnabled, described]).toMatchObject([undefined, dualLayer]);
  });

  test('two layers can be the default, without a bucket key', async () => {
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: keyArn } as const;
    const Rules = [{ ApplyServerSideEncryptionByDefault }];
    await admin.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    expect(await admin.send(put())).toMatchObject({ ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn });
  });

  test('the key is used through S3 in its region', async () => {
    await useDefaultKey(true);
    const via = (value: string) =>
      account.s3([s3Everything, allow('kms:*', keyArn, { StringEquals: { 'kms:ViaService': value } })]);
    expect([
      await outcome(send(via('s3.us-east-2.amazonaws.com'), put())),
      await outcome(send(via('s3.us-east-1.amazonaws.com'), put())),
    ]).toEqual(['ok', 'AccessDenied']);
  });

  test('a key pending deletion reads nothing until the deletion is cancelled', async () => {
    await useDefaultKey(true);
    await admin.send(put());
    await account.kms().send(new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 }));
    const refused = await failure(send(admin, read()));
    await account.kms().send(new CancelKeyDeletionCommand({ KeyId: keyArn }));
    await account.kms().send(new EnableKeyCommand({ KeyId: keyArn }));
    expect([refused, await outcome(send(admin, read()))]).toMatchObject([
      { code: 'KMS.KMSInvalidStateException', status: 400 },
      'ok',
    ]);
  });

  test('a disabled and a missing key are named as KMS names them', async () => {
    await useDefaultKey(true);
    await admin.send(put());
    await account.kms().send(new DisableKeyCommand({ KeyId: keyArn }));
    const missing = keyArn.replace(/.{4}$/, '0000');
    expect([
      await failure(send(admin, read())),
      await failure(send(admin, put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: missing }))),
    ]).toMatchObject([
      { code: 'KMS.DisabledException', status: 400 },
      { code: 'KMS.NotFoundException', status: 400 },
    ]);
  });

  test('a stored object says how it is encrypted in every answer', async () => {
    await useDefaultKey(true);
    const described = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, BucketKeyEnabled: true };
    expect(await admin.send(put())).toMatchObject(described);
    expect(await admin.send(read())).toMatchObject(described);
    expect(await admin.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(described);
    expect(await admin.send(new CreateMultipartUploadCommand({ Bucket, Key }))).toMatchObject(described);
    expect(await admin.send(put({ ServerSideEncryption: 'AES256' }))).toMatchObject({ ServerSideEncryption: 'AES256' });
  });
});

test('a version may be deleted only with the right to delete versions', async () => {
  await admin.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const { VersionId } = await admin.send(put());
  const client = account.s3([allow('s3:DeleteObject', `${bucketArn}/*`)]);
  const result = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }, { Key, VersionId }] } }),
  );
  expect({ deleted: result.Deleted?.length, errors: result.Errors?.map(({ Code }) => Code) }).toEqual({
    deleted: 1,
    errors: ['AccessDenied'],
  });
});

test('the request model knows every operation that is simulated', () => {
  const asking = ROUTES.filter(({ isPreflight }) => !isPreflight).map(({ operation }) => operation);
  const unknown = asking.filter((operation) => !KNOWN_OPERATIONS.includes(operation));
  expect(unknown).toEqual([]);
});
