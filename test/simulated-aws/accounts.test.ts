import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CreateRoleCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { clientConfig, failure, policyDocument, startAccount, trustPolicy } from './account';

const home = '111122223333';
const other = '444455556666';
const regions = ['eu-west-1', 'us-east-1', 'us-east-2', 'eu-south-1'] as const;

type Region = (typeof regions)[number];

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

let account: SimulatedAccount;
const clients: { destroy: () => void }[] = [];

beforeAll(async () => {
  account = await startAccount(undefined, { otherAccountIds: [other], otherRegions: regions });
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await account.stop();
});

function administratorOf(accountId: string): Credentials {
  const key = account.administrators.get(accountId);
  if (key === undefined) throw new Error(`no administrator of ${accountId}`);
  return key;
}

function configOf(credentials: Credentials, region: Region = 'eu-west-1') {
  return { ...clientConfig(account), credentials, region };
}

function s3Of(credentials: Credentials, region?: Region, options: object = {}): S3Client {
  const client = new S3Client({ ...configOf(credentials, region), forcePathStyle: true, ...options });
  clients.push(client);
  return client;
}

async function newBucket(s3: S3Client, Bucket: string, location?: string): Promise<string> {
  const configuration = location === undefined ? {} : { LocationConstraint: location as never };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: configuration }));
  return Bucket;
}

/** A role of the account, with these statements, that this account may assume. */
async function newRole(
  accountId: string,
  name: string,
  trusted: string,
  ...statements: readonly object[]
): Promise<string> {
  const iam = new IAMClient(configOf(administratorOf(accountId)));
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy({ AWS: trusted }) }));
  if (statements.length > 0) {
    const PolicyDocument = policyDocument(...statements);
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'inline', PolicyDocument }));
  }
  iam.destroy();
  return `arn:aws:iam::${accountId}:role/${name}`;
}

async function assume(credentials: Credentials, RoleArn: string): Promise<Credentials> {
  const sts = new STSClient(configOf(credentials));
  const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
  sts.destroy();
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

/** Finds every host here, as the names of S3 lead to S3. */
const toLoopback: LookupFunction = (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

describe('several accounts at one endpoint', () => {
  test.each([home, other])('%s is known by its access keys, and has IAM of its own', async (accountId) => {
    const sts = new STSClient(configOf(administratorOf(accountId)));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(accountId);
    const iam = new IAMClient(configOf(administratorOf(accountId)));
    await newRole(accountId, `only-in-${accountId}`, accountId);
    const strange = `only-in-${accountId === home ? other : home}-too`;
    expect(await failure(iam.send(new GetRoleCommand({ RoleName: strange })))).toMatchObject({
      code: 'NoSuchEntityException',
    });
    sts.destroy();
    iam.destroy();
  });

  test('share the names of buckets, and each lists its own', async () => {
    const [ours, theirs] = [s3Of(administratorOf(home)), s3Of(administratorOf(other))];
    await newBucket(ours, 'shared-name', 'eu-west-1');
    await newBucket(theirs, 'their-name', 'eu-west-1');
    expect(await failure(newBucket(theirs, 'shared-name', 'eu-west-1'))).toMatchObject({
      status: 409,
      code: 'BucketAlreadyExists',
    });
    expect(await failure(newBucket(ours, 'shared-name', 'eu-west-1'))).toMatchObject({
      code: 'BucketAlreadyOwnedByYou',
    });
    const names = async (s3: S3Client) => (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name);
    for (const [own, foreign, s3] of [
      ['shared-name', 'their-name', ours],
      ['their-name', 'shared-name', theirs],
    ] as const) {
      const listed = await names(s3);
      expect([listed?.includes(own), listed?.includes(foreign)]).toEqual([true, false]);
    }
  });

  test('reach a bucket of another account only when both sides allow it', async () => {
    const owner = s3Of(administratorOf(other));
    const Bucket = await newBucket(owner, 'cross-account', 'eu-west-1');
    const allow = { Effect: 'Allow', Action: ['s3:ListBucket', 's3:PutObject'], Resource: '*' };
    const may = await newRole(home, 'may', home, allow);
    const mayNot = await newRole(home, 'may-not', home);
    const [allowed, denied] = await Promise.all(
      [may, mayNot].map(async (arn) => s3Of(await assume(administratorOf(home), arn))),
    );
    const list = (s3: S3Client | undefined) =>
      s3?.send(new ListObjectsV2Command({ Bucket })).then(
        () => 'allowed',
        ({ name }) => name,
      );
    const seen = [await list(allowed), await list(denied)];
    const Principal = { AWS: [may, mayNot] };
    const Resource = `arn:aws:s3:::${Bucket}`;
    const Policy = policyDocument({ Effect: 'Allow', Principal, Action: 's3:ListBucket', Resource });
    await owner.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    seen.push(await list(allowed), await list(denied));
    expect(seen).toEqual(['AccessDenied', 'AccessDenied', 'allowed', 'AccessDenied']);
    const put = allowed?.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'text' }));
    expect(await failure(put ?? Promise.resolve())).toMatchObject({ code: 'AccessDenied' });
    const wrongOwner = allowed?.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner: home }));
    expect(await failure(wrongOwner ?? Promise.resolve())).toMatchObject({ code: 'AccessDenied' });
    await allowed?.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner: other }));
  });

  test('are kept from the bucket policy, even where it allows them to change it', async () => {
    const Bucket = await newBucket(s3Of(administratorOf(home)), 'allowing-all', 'eu-west-1');
    const statement = { Effect: 'Allow', Principal: { AWS: other }, Action: 's3:*' };
    const Policy = policyDocument({ ...statement, Resource: `arn:aws:s3:::${Bucket}` });
    await s3Of(administratorOf(home)).send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const theirs = s3Of(administratorOf(other));
    await theirs.send(new ListObjectsV2Command({ Bucket }));
    const asked = [
      new GetBucketPolicyCommand({ Bucket }),
      new PutBucketPolicyCommand({ Bucket, Policy }),
      new DeleteBucketPolicyCommand({ Bucket }),
    ];
    const refusals = await Promise.all(asked.map((command) => failure(theirs.send(command as GetBucketPolicyCommand))));
    expect(refusals.map(({ status, code }) => [status, code])).toEqual(Array(3).fill([405, 'MethodNotAllowed']));
  });

  test('must exist where a bucket policy names a principal of theirs', async () => {
    const owner = s3Of(administratorOf(home));
    const Bucket = await newBucket(owner, 'naming-others', 'eu-west-1');
    const put = (AWS: string) => {
      const statement = { Effect: 'Allow', Principal: { AWS }, Action: 's3:ListBucket' };
      const Policy = policyDocument({ ...statement, Resource: `arn:aws:s3:::${Bucket}` });
      return owner.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    };
    expect(await failure(put(`arn:aws:iam::${other}:role/absent`))).toMatchObject({ code: 'MalformedPolicy' });
    await put(await newRole(other, 'present', other));
    await put('arn:aws:iam::777788889999:role/of-an-account-that-is-not-simulated');
  });

  test('let a caller of another account assume a role when its trust policy and the caller’s policies agree', async () => {
    const role = await newRole(other, 'visited', home);
    const visitor = await newRole(home, 'visitor', home, { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role });
    const stranger = await newRole(home, 'stranger', home);
    const session = await assume(await assume(administratorOf(home), visitor), role);
    const sts = new STSClient(configOf(session));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::${other}:assumed-role/visited/session`,
    );
    sts.destroy();
    const refused = assume(await assume(administratorOf(home), stranger), role);
    expect(await failure(refused)).toMatchObject({ status: 403, code: 'AccessDenied' });
    const untrusting = await newRole(other, 'untrusting', other);
    expect(await failure(assume(administratorOf(home), untrusting))).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('several regions at one endpoint', () => {
  const admin = () => administratorOf(home);

  test('make buckets in the region of the endpoint; us-east-1 makes them in every region', async () => {
    await newBucket(s3Of(admin(), 'us-east-2'), 'in-ohio', 'us-east-2');
    await newBucket(s3Of(admin(), 'us-east-1'), 'in-virginia');
    await newBucket(s3Of(admin(), 'us-east-1'), 'in-ireland-from-virginia', 'eu-west-1');
    const { Buckets } = await s3Of(admin()).send(new ListBucketsCommand({ MaxBuckets: 1000 }));
    const regionByName = new Map(Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]));
    expect(['in-ohio', 'in-virginia', 'in-ireland-from-virginia'].map((name) => regionByName.get(name))).toEqual([
      'us-east-2',
      'us-east-1',
      'eu-west-1',
    ]);
  });

  test.each([
    { from: 'eu-west-1', location: 'us-east-2', code: 'IllegalLocationConstraintException' },
    { from: 'us-east-1', location: 'us-east-1', code: 'InvalidLocationConstraint' },
    { from: 'us-east-1', location: 'ap-south-1', code: 'InvalidLocationConstraint' },
  ] as const)('refuse a bucket for $location at the endpoint of $from: $code', async ({ from, location, code }) => {
    const made = newBucket(s3Of(admin(), from), 'nowhere', location);
    expect(await failure(made)).toMatchObject({ status: 400, code });
  });

  test('redirect a request for a bucket in another region', async () => {
    await newBucket(s3Of(admin(), 'us-east-2'), 'elsewhere', 'us-east-2');
    const list = new ListObjectsV2Command({ Bucket: 'elsewhere' });
    expect(await failure(s3Of(admin()).send(list))).toEqual({
      status: 301,
      code: 'PermanentRedirect',
      message: expect.stringContaining('must be addressed using the specified endpoint'),
    });
    expect(account.requestLog.last).toMatchObject({ awsRegion: 'eu-west-1', decisions: [] });
    const following = s3Of(admin(), 'eu-west-1', { followRegionRedirects: true });
    expect((await following.send(list)).KeyCount).toBe(0);
    const head = following.send(new HeadBucketCommand({ Bucket: 'elsewhere' }));
    expect((await head).BucketRegion).toBe('us-east-2');
  });

  test('refuse a request for a bucket in a later region', async () => {
    await newBucket(s3Of(admin(), 'eu-south-1'), 'in-milan', 'eu-south-1');
    const list = s3Of(admin()).send(new ListObjectsV2Command({ Bucket: 'in-milan' }));
    expect(await failure(list)).toMatchObject({ status: 400, code: 'IllegalLocationConstraintException' });
  });

  test('reject a signature for the wrong region at a host that names only the bucket', async () => {
    await newBucket(s3Of(admin(), 'us-east-2'), 'by-host', 'us-east-2');
    const port = new URL(account.plainEndpoint).port;
    const endpoint = `http://s3.localhost:${port}`;
    const requestHandler = { httpAgent: new Agent({ lookup: toLoopback }) };
    const list = s3Of(admin(), 'us-east-1', { endpoint, forcePathStyle: false, requestHandler });
    expect(await failure(list.send(new ListObjectsV2Command({ Bucket: 'by-host' })))).toEqual({
      status: 400,
      code: 'AuthorizationHeaderMalformed',
      message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'us-east-2'",
    });
  });

  test('copy from one to another', async () => {
    const ohio = s3Of(admin(), 'us-east-2');
    const ireland = s3Of(admin());
    await newBucket(ohio, 'copy-from', 'us-east-2');
    await newBucket(ireland, 'copy-to', 'eu-west-1');
    await ohio.send(new PutObjectCommand({ Bucket: 'copy-from', Key: 'key', Body: 'text' }));
    await ireland.send(new CopyObjectCommand({ Bucket: 'copy-to', Key: 'key', CopySource: 'copy-from/key' }));
    const { Body } = await ireland.send(new GetObjectCommand({ Bucket: 'copy-to', Key: 'key' }));
    expect(await Body?.transformToString()).toBe('text');
  });

  test('are refused where they are not simulated', async () => {
    const list = s3Of(admin(), 'ap-south-1' as Region).send(new ListBucketsCommand({}));
    expect(await failure(list)).toMatchObject({ status: 400, code: 'AuthorizationHeaderMalformed' });
  });
});
