import * as S3 from '@aws-sdk/client-s3';
import { ToolkitError } from '../../../lib/errors';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { Account, accountId, failure, outcome } from './account';

const Bucket = 'acme-backup';

let account: Account;
let client: S3.S3Client;

beforeEach(() => {
  account = new Account();
  client = account.s3();
  importBucket(account.state, Bucket);
});

type Command = Parameters<S3.S3Client['send']>[0];

const send = (command: unknown): Promise<object> => client.send(command as Command) as Promise<object>;

async function read(command: unknown): Promise<object> {
  const { $metadata, ...answer } = (await send(command)) as { $metadata: object };
  return answer;
}

const here = { LocationConstraint: 'us-east-2' } as const;
const create = (input: Partial<S3.CreateBucketCommandInput> = {}) =>
  new S3.CreateBucketCommand({ Bucket: 'acme-new', CreateBucketConfiguration: here, ...input });

test('a new bucket is encrypted, closed to the public and without ACLs', async () => {
  await send(create({ CreateBucketConfiguration: { ...here, Tags: [{ Key: 'team', Value: 'backup' }] } }));
  const at = { Bucket: 'acme-new' };
  const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  expect([
    await read(new S3.HeadBucketCommand(at)),
    await read(new S3.GetBucketLocationCommand(at)),
    await read(new S3.GetPublicAccessBlockCommand(at)),
    await read(new S3.GetBucketOwnershipControlsCommand(at)),
    await read(new S3.GetBucketEncryptionCommand(at)),
    await read(new S3.GetBucketTaggingCommand(at)),
  ]).toEqual([
    { BucketRegion: 'us-east-2', BucketArn: 'arn:aws:s3:::acme-new', AccessPointAlias: false },
    here,
    { PublicAccessBlockConfiguration: on },
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            BucketKeyEnabled: false,
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          },
        ],
      },
    },
    { TagSet: [{ Key: 'team', Value: 'backup' }] },
  ]);
});

test.each<[rule: string, input: Partial<S3.CreateBucketCommandInput>, code: string]>([
  ['a name that is taken', { Bucket }, 'BucketAlreadyOwnedByYou'],
  ['a name in upper case', { Bucket: 'Acme-new' }, 'InvalidBucketName'],
  ['a name like an address', { Bucket: '192.168.1.1' }, 'InvalidBucketName'],
  ['a name with two dots', { Bucket: 'acme..new' }, 'InvalidBucketName'],
  ['a reserved prefix', { Bucket: 'xn--acme' }, 'InvalidBucketName'],
  ['a reserved suffix', { Bucket: 'acme-s3alias' }, 'InvalidBucketName'],
  [
    'another region',
    { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } },
    'IllegalLocationConstraintException',
  ],
  ['a public ACL', { ACL: 'public-read' }, 'InvalidBucketAclWithObjectOwnership'],
  ['an unknown ownership', { ObjectOwnership: 'Nobody' as 'ObjectWriter' }, 'InvalidArgument'],
  ['a directory bucket', { CreateBucketConfiguration: { ...here, Bucket: { Type: 'Directory' } } }, 'MalformedXML'],
])('creating a bucket is refused for %s', async (_rule, input, code) => {
  expect(await outcome(send(create(input)))).toBe(code);
});

test('a request without a region means us-east-1', async () => {
  expect((await account.signed('PUT', '/acme-new', {})).body).toContain('IllegalLocationConstraintException');
});

test('buckets are listed in pages', async () => {
  for (const name of ['acme-b', 'acme-c', 'other']) importBucket(account.state, name);
  const first = await client.send(new S3.ListBucketsCommand({ MaxBuckets: 2, Prefix: 'acme-' }));
  const { ContinuationToken } = first;
  const second = await client.send(new S3.ListBucketsCommand({ MaxBuckets: 2, Prefix: 'acme-', ContinuationToken }));
  expect([first, second].map(({ Buckets = [] }) => Buckets.map(({ Name }) => Name))).toEqual([
    ['acme-b', 'acme-backup'],
    ['acme-c'],
  ]);
});

test('a bucket with a version in it is not deleted', async () => {
  const at = { Bucket, Key: 'k' };
  await send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const { VersionId } = await client.send(new S3.PutObjectCommand({ ...at, Body: 'x' }));
  const marker = await client.send(new S3.DeleteObjectCommand(at));
  expect(await failure(send(new S3.DeleteBucketCommand({ Bucket })))).toMatchObject({
    code: 'BucketNotEmpty',
    status: 409,
  });
  for (const id of [VersionId, marker.VersionId]) await send(new S3.DeleteObjectCommand({ ...at, VersionId: id }));
  expect(await outcome(send(new S3.DeleteBucketCommand({ Bucket })))).toBe('ok');
  expect(await outcome(send(new S3.GetBucketLocationCommand({ Bucket })))).toBe('NoSuchBucket');
});

const status = 'Enabled' as const;
const lifecycle: S3.LifecycleRule[] = [
  { ID: 'a', Status: status, Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
  {
    ID: 'b',
    Status: status,
    Filter: { And: { Prefix: 'x/', Tags: [{ Key: 'k', Value: 'v' }] } },
    NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 2 },
  },
];
const cors = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 5 }];
const website = { IndexDocument: { Suffix: 'index.html' } };
const block = { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false };
const policy = (Effect: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect, Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`, ...more }],
  });
const denyAll = policy('Deny');

interface Configuration {
  readonly name: string;
  readonly get: unknown;
  readonly put: unknown;
  readonly content: object;
  readonly remove?: unknown;
  /** The error, or the answer, when the bucket has none. */
  readonly absent: string | object;
}

const configurations: readonly Configuration[] = [
  {
    name: 'policy',
    get: new S3.GetBucketPolicyCommand({ Bucket }),
    put: new S3.PutBucketPolicyCommand({ Bucket, Policy: denyAll }),
    content: { Policy: denyAll },
    remove: new S3.DeleteBucketPolicyCommand({ Bucket }),
    absent: 'NoSuchBucketPolicy',
  },
  {
    name: 'public access block',
    get: new S3.GetPublicAccessBlockCommand({ Bucket }),
    put: new S3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }),
    content: { PublicAccessBlockConfiguration: block },
    remove: new S3.DeletePublicAccessBlockCommand({ Bucket }),
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    name: 'ownership controls',
    get: new S3.GetBucketOwnershipControlsCommand({ Bucket }),
    put: new S3.PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    }),
    content: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
    remove: new S3.DeleteBucketOwnershipControlsCommand({ Bucket }),
    absent: 'OwnershipControlsNotFoundError',
  },
  {
    name: 'lifecycle',
    get: new S3.GetBucketLifecycleConfigurationCommand({ Bucket }),
    put: new S3.PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: { Rules: lifecycle },
      TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
    }),
    content: { Rules: lifecycle, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
    remove: new S3.DeleteBucketLifecycleCommand({ Bucket }),
    absent: 'NoSuchLifecycleConfiguration',
  },
  {
    name: 'tagging',
    get: new S3.GetBucketTaggingCommand({ Bucket }),
    put: new S3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: '' }] } }),
    content: { TagSet: [{ Key: 'a', Value: '' }] },
    remove: new S3.DeleteBucketTaggingCommand({ Bucket }),
    absent: 'NoSuchTagSet',
  },
  {
    name: 'CORS',
    get: new S3.GetBucketCorsCommand({ Bucket }),
    put: new S3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: cors } }),
    content: { CORSRules: cors },
    remove: new S3.DeleteBucketCorsCommand({ Bucket }),
    absent: 'NoSuchCORSConfiguration',
  },
  {
    name: 'website',
    get: new S3.GetBucketWebsiteCommand({ Bucket }),
    put: new S3.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }),
    content: website,
    remove: new S3.DeleteBucketWebsiteCommand({ Bucket }),
    absent: 'NoSuchWebsiteConfiguration',
  },
  {
    name: 'versioning',
    get: new S3.GetBucketVersioningCommand({ Bucket }),
    put: new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    content: { Status: 'Enabled' },
    absent: {},
  },
  {
    name: 'logging',
    get: new S3.GetBucketLoggingCommand({ Bucket }),
    put: new S3.PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'log/' } },
    }),
    content: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'log/' } },
    absent: {},
  },
  {
    name: 'acceleration',
    get: new S3.GetBucketAccelerateConfigurationCommand({ Bucket }),
    put: new S3.PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Suspended' } }),
    content: { Status: 'Suspended' },
    absent: {},
  },
  {
    name: 'request payment',
    get: new S3.GetBucketRequestPaymentCommand({ Bucket }),
    put: new S3.PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'BucketOwner' } }),
    content: { Payer: 'BucketOwner' },
    absent: { Payer: 'BucketOwner' },
  },
];

test.each(configurations)('$name: comes back as it was put, and AWS says when there is none', async (configuration) => {
  const { get, put, content, remove, absent } = configuration;
  if (remove !== undefined) await send(remove);
  const before = typeof absent === 'string' ? await outcome(send(get)) : await read(get);
  await send(put);
  const after = await read(get);
  if (remove !== undefined) await send(remove);
  expect({ before, after, removed: remove === undefined ? 'ok' : await outcome(send(get)) }).toEqual({
    before: absent,
    after: content,
    removed: remove === undefined ? 'ok' : absent,
  });
});

test.each([
  ['ReplicationConfigurationNotFoundError', new S3.GetBucketReplicationCommand({ Bucket })],
  ['ObjectLockConfigurationNotFoundError', new S3.GetObjectLockConfigurationCommand({ Bucket })],
  ['NoSuchBucketPolicy', new S3.GetBucketPolicyStatusCommand({ Bucket })],
])('%s is the answer for a new bucket', async (code, command) => {
  expect(await failure(send(command))).toMatchObject({ code, status: 404 });
});

const rule = (more: object) =>
  new S3.PutBucketLifecycleConfigurationCommand({
    Bucket,
    LifecycleConfiguration: { Rules: [{ ID: 'a', Status: 'Enabled', Filter: { Prefix: '' }, ...more }] },
  });
const encryption = (byDefault: object) =>
  new S3.PutBucketEncryptionCommand({
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault as never }] },
  });
const putPolicy = (Policy: string) => new S3.PutBucketPolicyCommand({ Bucket, Policy });
const tags = (...keys: string[]) =>
  new S3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: keys.map((Key) => ({ Key, Value: '' })) } });

test.each<[rule: string, command: unknown, code: string]>([
  ['a lifecycle rule without an action', rule({}), 'InvalidRequest'],
  ['a lifecycle rule of no days', rule({ NoncurrentVersionExpiration: { NoncurrentDays: 0 } }), 'InvalidArgument'],
  ['a lifecycle rule without a filter', rule({ Filter: undefined, Expiration: { Days: 1 } }), 'MalformedXML'],
  ['an unknown transition class', rule({ Transitions: [{ Days: 1, StorageClass: 'TAPE' }] }), 'MalformedXML'],
  ['a key for SSE-S3', encryption({ SSEAlgorithm: 'AES256', KMSMasterKeyID: 'k' }), 'InvalidArgument'],
  ['an unknown algorithm', encryption({ SSEAlgorithm: 'ROT13' }), 'MalformedXML'],
  ['a policy that is not JSON', putPolicy('{'), 'MalformedPolicy'],
  ['a policy on another bucket', putPolicy(policy('Deny', { Resource: 'arn:aws:s3:::other/*' })), 'MalformedPolicy'],
  [
    'a bucket whose name begins the same',
    putPolicy(policy('Deny', { Resource: `arn:aws:s3:::${Bucket}-2/*` })),
    'MalformedPolicy',
  ],
  ['a policy of another service', putPolicy(policy('Deny', { Action: 'kms:Decrypt' })), 'MalformedPolicy'],
  ['a policy without a principal', putPolicy(policy('Deny', { Principal: undefined })), 'MalformedPolicy'],
  [
    'an object action on the bucket alone',
    putPolicy(policy('Deny', { Resource: `arn:aws:s3:::${Bucket}` })),
    'MalformedPolicy',
  ],
  ['the same tag twice', tags('a', 'a'), 'InvalidTag'],
  ["AWS's own tag", tags('aws:x'), 'InvalidTag'],
  ['too many tags', tags(...Array.from({ length: 51 }, (_unused, index) => `k${index}`)), 'BadRequest'],
  [
    'MFA delete',
    new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Enabled' } }),
    'AccessDenied',
  ],
  [
    'a log bucket that is not there',
    new S3.PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'nowhere', TargetPrefix: '' } },
    }),
    'InvalidTargetBucketForLogging',
  ],
  ['an ACL', new S3.PutBucketAclCommand({ Bucket, ACL: 'public-read' }), 'AccessControlListNotSupported'],
  [
    'object lock without versioning',
    new S3.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
    'InvalidBucketState',
  ],
])('%s is refused', async (_rule, command, code) => {
  expect(await outcome(send(command))).toBe(code);
});

const when = (Action: string | readonly string[], key: string) =>
  policy('Deny', {
    Action,
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { StringLike: { [key]: 'x' } },
  });

test.each<[Action: string | readonly string[], key: string]>([
  ['s3:GetObject', 's3:prefix'],
  ['s3:GetObject', 's3:LocationConstraint'],
  ['s3:GetObject', 's3:x-amz-acl'],
  ['S3:getobject', 'S3:Prefix'],
  ['s3:PutObject', 's3:ExistingObjectTag/team'],
  ['s3:PutObjectAcl', 's3:RequestObjectTag/team'],
  [['s3:GetBucketLocation', 's3:GetObject'], 's3:prefix'],
])('a policy about %s is refused with a condition on %s, which no such request has', async (Action, key) => {
  expect(await failure(send(putPolicy(when(Action, key))))).toMatchObject({
    code: 'MalformedPolicy',
    message: 'Conditions do not apply to combination of actions and resources in statement',
  });
});

test.each<[Action: string | readonly string[], key: string]>([
  [['s3:ListBucket', 's3:ListBucketVersions'], 's3:prefix'],
  ['s3:GetObjectAttributes', 's3:ExistingObjectTag/team'],
  [['s3:PutObject', 's3:PutObjectAcl'], 's3:x-amz-acl'],
  [['s3:ListBucket', 's3:GetBucketLocation'], 's3:prefix'],
  ['s3:*', 's3:prefix'],
  [['s3:Get*', 's3:PutObject'], 's3:prefix'],
  ['s3:GetObject', 's3:authType'],
  ['s3:GetObject', 'aws:PrincipalTag/team'],
])('a policy about %s is taken with a condition on %s', async (Action, key) => {
  expect(await outcome(send(putPolicy(when(Action, key))))).toBe('ok');
});

test('a bucket policy’s status shows whether it is public', async () => {
  await send(new S3.DeletePublicAccessBlockCommand({ Bucket }));
  const isPublic = async (Policy: string) => {
    await send(putPolicy(Policy));
    return (await client.send(new S3.GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
  };
  const only = (Condition: object) => policy('Allow', { Condition });
  expect([
    await isPublic(policy('Allow')),
    await isPublic(denyAll),
    await isPublic(only({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })),
    await isPublic(only({ StringLike: { 'aws:SourceVpce': 'vpce-*' } })),
    await isPublic(only({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })),
    await isPublic(only({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
    await isPublic(only({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })),
    await isPublic(only({ Bool: { 'aws:SecureTransport': 'true' } })),
    await isPublic(policy('Allow', { Principal: { AWS: accountId } })),
  ]).toEqual([true, false, false, true, true, false, true, true, false]);
});

test('a blocked encryption type stays blocked until it is unblocked', async () => {
  const rule = (BlockedEncryptionTypes?: S3.BlockedEncryptionTypes) =>
    new S3.PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            ...(BlockedEncryptionTypes ? { BlockedEncryptionTypes } : {}),
          },
        ],
      },
    });
  const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'a'.repeat(32) } as const;
  const put = () => send(new S3.PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...key }));
  await send(rule());
  const blocked = await outcome(put());
  await send(rule({ EncryptionType: ['NONE'] }));
  expect([blocked, await outcome(put())]).toEqual(['AccessDenied', 'ok']);
});

test('buckets are tagged and read by ARN through S3 Control', async () => {
  const control = (method: string, query: string, body = '', id = accountId) =>
    account.signed(method, `/v20180820/tags/${encodeURIComponent(`arn:aws:s3:::${Bucket}`)}${query}`, {
      headers: { 'x-amz-account-id': id },
      body,
    });
  const tag = (Key: string) => `<Tag><Key>${Key}</Key><Value>1</Value></Tag>`;
  const request = `<TagResourceRequest><Tags>${tag('a')}${tag('b')}${tag('c')}</Tags></TagResourceRequest>`;
  expect((await control('POST', '', request)).status).toBe(204);
  expect((await control('DELETE', '?tagKeys=a&tagKeys=b')).status).toBe(204);
  expect(await control('GET', '')).toMatchObject({
    status: 200,
    body: expect.stringContaining(
      '<ListTagsForResourceResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Tags><Tag><Key>c</Key><Value>1</Value></Tag></Tags></ListTagsForResourceResult>',
    ),
  });
  expect((await control('GET', '', '', '999999999999')).status).toBe(400);
});

test.each([
  ['path style', '127.0.0.1:4566', `/${Bucket}/a%20b`],
  ['virtual-host style on localhost', `${Bucket}.localhost:4566`, '/a%20b'],
  ["virtual-host style on AWS's name", `${Bucket}.s3.us-east-2.amazonaws.com`, '/a%20b'],
  ['path style on localhost', 's3.localhost', `/${Bucket}/a%20b`],
])('an object is found by %s', async (_style, host, path) => {
  await send(new S3.PutObjectCommand({ Bucket, Key: 'a b', Body: 'found' }));
  expect(await account.signed('GET', path, { headers: { host } })).toMatchObject({ status: 200, body: 'found' });
});

test.each([
  ['GET', `/${Bucket}?acl&versionId=1`, {}, "'versionId' of GetBucketAcl"],
  ['PUT', `/${Bucket}?abac`, {}, 'PutBucketAbac'],
  ['PUT', `/${Bucket}/k`, { 'x-amz-write-offset-bytes': '0' }, "'x-amz-write-offset-bytes' of PutObject"],
  ['GET', `/${Bucket}/k?torrent`, {}, 'GetObjectTorrent'],
  ['PATCH', `/${Bucket}/k`, {}, 'PATCH on a object'],
])('%s %s is refused by name, without effect', async (method, path, headers, named) => {
  const answer = await account.signed(method, path, { headers });
  expect(answer).toMatchObject({ status: 501, body: expect.stringContaining('<Code>NotImplemented</Code>') });
  expect(answer.body).toContain(named);
  expect(account.state.s3.buckets.has(Bucket)).toBe(true);
});

test('an error is written as S3 writes it', async () => {
  const { status, body } = await account.signed('GET', '/no-such-bucket?policy', {});
  expect([status, body]).toEqual([
    404,
    expect.stringMatching(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchBucket<\/Code><Message>The specified bucket does not exist<\/Message><BucketName>no-such-bucket<\/BucketName><RequestId>\w+<\/RequestId><HostId>[\w=+/]+<\/HostId><\/Error>$/,
    ),
  ]);
  expect((await account.signed('HEAD', '/no-such-bucket', {})).body).toBe('');
});

test('a bucket is not imported under a name that AWS would refuse', () => {
  expect(() => importBucket(account.state, 'Bad_Name')).toThrow(ToolkitError);
});

test.each([
  ['GET', 'storagelens'],
  ['PUT', 'configuration/publicAccessBlock'],
])('%s %s of S3 Control is refused by its name', async (method, path) => {
  const headers = { 'x-amz-account-id': accountId };
  expect(await account.signed(method, `/v20180820/${path}`, { headers })).toMatchObject({
    status: 501,
    body: expect.stringContaining(`'${path}' of S3 Control`),
  });
});
